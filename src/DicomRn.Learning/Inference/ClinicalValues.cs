using System.Globalization;
using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Packs;

namespace DicomRn.Learning.Inference;

/// <summary>Clinical data as the variables of a model, in words.</summary>
internal static class ClinicalValues
{
    /// <summary>The names of the variables of groups, in their order.</summary>
    public static IReadOnlyList<string> Names(IReadOnlyList<ClinicalGroup> groups) => [.. Of(groups, new CohortClinicalData(), 0).Select(v => v.Name)];

    /// <summary>The variables that a model asks for.</summary>
    public static IReadOnlyList<ClinicalValue> Of(FusionDescription fusion, CohortClinicalData c, double volumeMm3) => Of(
        fusion.Groups,
        c.Primary is null || fusion.Primaries.Contains(c.Primary, StringComparer.OrdinalIgnoreCase) ? c : c with { Primary = $"{c.Primary} (none of the training cases' primaries)" },
        volumeMm3);

    /// <summary>The variables of groups, in their order.</summary>
    public static IReadOnlyList<ClinicalValue> Of(IReadOnlyList<ClinicalGroup> groups, CohortClinicalData c, double volumeMm3) =>
        [.. groups.SelectMany<ClinicalGroup, ClinicalValue>(group => group switch
        {
            ClinicalGroup.Patient => [new("age", Number(c.AgeYears, "0.#", " years")), new("sex", c.Sex?.ToString().ToLowerInvariant())],
            ClinicalGroup.Primary => [new("primary tumour", c.Primary)],
            ClinicalGroup.Radiotherapy =>
            [
                new("dose of the radiosurgery", Number(c.DoseGy, "0.##", " Gy")),
                new("fractions of the radiosurgery", Number(c.Fractions, "0", "")),
                new("whole-brain radiotherapy", YesNo(c.WholeBrainRadiotherapy)),
            ],
            ClinicalGroup.Surgery => [new("surgery of the lesion", YesNo(c.Surgery))],
            ClinicalGroup.Time => [new("months since radiosurgery", Number(c.MonthsSinceRadiosurgery, "0.#", ""))],
            ClinicalGroup.Volume => [new("volume of the lesion", Number(volumeMm3 > 0 ? volumeMm3 : null, "0", " mm³"))],
            _ => throw new ArgumentOutOfRangeException(nameof(groups), group, "No such group."),
        })];

    private static string? Number(double? value, string format, string unit) =>
        value is { } v ? v.ToString(format, CultureInfo.InvariantCulture) + unit : null;

    private static string? YesNo(bool? value) => value switch { true => "yes", false => "no", null => null };
}
