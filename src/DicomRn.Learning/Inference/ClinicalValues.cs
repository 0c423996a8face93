using System.Globalization;
using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Packs;

namespace DicomRn.Learning.Inference;

/// <summary>Clinical data as the variables of a model, in words.</summary>
internal static class ClinicalValues
{
    /// <summary>The variables that the model asks for, in the order of its groups.</summary>
    public static IReadOnlyList<ClinicalValue> Of(FusionDescription fusion, CohortClinicalData c, double volumeMm3) =>
        [.. fusion.Groups.SelectMany<ClinicalGroup, ClinicalValue>(group => group switch
        {
            ClinicalGroup.Patient => [new("age", Number(c.AgeYears, "0.#", " years")), new("sex", c.Sex?.ToString().ToLowerInvariant())],
            ClinicalGroup.Primary => [new("primary tumour", Primary(fusion, c.Primary))],
            ClinicalGroup.Radiotherapy =>
            [
                new("dose of the radiosurgery", Number(c.DoseGy, "0.##", " Gy")),
                new("fractions of the radiosurgery", Number(c.Fractions, "0", "")),
                new("whole-brain radiotherapy", YesNo(c.WholeBrainRadiotherapy)),
            ],
            ClinicalGroup.Surgery => [new("surgery of the lesion", YesNo(c.Surgery))],
            ClinicalGroup.Time => [new("months since radiosurgery", Number(c.MonthsSinceRadiosurgery, "0.#", ""))],
            ClinicalGroup.Volume => [new("volume of the lesion", Number(volumeMm3 > 0 ? volumeMm3 : null, "0", " mm³"))],
            _ => throw new ArgumentOutOfRangeException(nameof(fusion), group, "No such group."),
        })];

    private static string? Number(double? value, string format, string unit) =>
        value is { } v ? v.ToString(format, CultureInfo.InvariantCulture) + unit : null;

    private static string? YesNo(bool? value) => value switch { true => "yes", false => "no", null => null };

    private static string? Primary(FusionDescription fusion, string? primary) =>
        primary is null || fusion.Primaries.Contains(primary, StringComparer.OrdinalIgnoreCase)
            ? primary
            : $"{primary} (none of the training cases' primaries)";
}
