using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Packs;

namespace DicomRn.Learning.Finetuning;

/// <summary>
/// Clinical variables as numbers, group by group: measured ones standardised by the training cases with a second number that says whether the
/// value is missing, categories as one number each. A missing value is a state of its own, a category that the training did not have too.
/// </summary>
internal sealed class ClinicalEncoding
{
    private readonly IReadOnlyList<ClinicalGroup> _groups;
    private readonly Dictionary<string, (double Mean, double Deviation)> _scales = [];
    private readonly string[] _primaries;
    private readonly IReadOnlyList<VariableCases> _variables;

    /// <param name="groups">The groups used, in order.</param>
    /// <param name="training">The cases that means, spreads and categories are taken from, with their volumes in mm³.</param>
    public ClinicalEncoding(IReadOnlyList<ClinicalGroup> groups, IReadOnlyList<(CohortClinicalData Clinical, double VolumeMm3)> training)
    {
        _groups = groups;
        _primaries = [.. training.Select(t => t.Clinical.Primary).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];
        foreach (string name in training.SelectMany(t => Measured(t.Clinical, t.VolumeMm3)).Select(m => m.Name).Distinct())
        {
            double[] values = [.. training.SelectMany(t => Measured(t.Clinical, t.VolumeMm3)).Where(m => m.Name == name).Select(m => m.Value).OfType<double>()];
            double mean = values.Length == 0 ? 0 : values.Average();
            double deviation = values.Length < 2 ? 1 : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
            _scales[name] = (mean, deviation > 1e-9 ? deviation : 1);
        }

        ClinicalValue[] known = [.. training.SelectMany(t => ClinicalValues.Of(groups, t.Clinical, t.VolumeMm3)).Where(v => v.Value is not null)];
        _variables = [.. ClinicalValues.Names(groups).Select(n => (Name: n, Known: known.Count(v => v.Name == n))).Select(v => new VariableCases(v.Name, v.Known, training.Count - v.Known))];
        Sizes = SizesOf(groups);
    }

    /// <summary>The encoding that a pack describes.</summary>
    public ClinicalEncoding(FusionDescription description)
    {
        _groups = description.Groups;
        _primaries = [.. description.Primaries];
        _variables = description.Variables;
        foreach (MeasuredVariable variable in description.Measured)
            _scales[variable.Name] = (variable.Mean, variable.Deviation);
        Sizes = SizesOf(_groups);
    }

    /// <summary>How many numbers each group has.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>The encoding for the manifest of a pack.</summary>
    /// <param name="kind">How variables and image meet.</param>
    /// <param name="hiddenShare">Share of the values hidden in training.</param>
    public FusionDescription Describe(ClinicalFusionKind kind, double hiddenShare) => new()
    {
        Kind = kind,
        Groups = _groups,
        Measured = [.. MeasuredVariable.Of(_groups).Select(n => new MeasuredVariable(n, MeasuredVariable.ScaleOf(n), _scales[n].Mean, _scales[n].Deviation))],
        Primaries = _groups.Contains(ClinicalGroup.Primary) ? _primaries : [],
        Variables = _variables,
        HiddenShare = hiddenShare,
        MissingValues = MissingValueHandling.OwnState,
    };

    public float[] Encode(CohortClinicalData clinical, double volumeMm3) => [.. _groups.SelectMany(g => Group(g, clinical, volumeMm3))];

    private int[] SizesOf(IReadOnlyList<ClinicalGroup> groups) => [.. groups.Select(g => Group(g, new CohortClinicalData(), 1).Count)];

    private List<float> Group(ClinicalGroup group, CohortClinicalData c, double volumeMm3) => group switch
    {
        ClinicalGroup.Patient => [.. Standard("age", c.AgeYears), .. Category([PatientSex.Female, PatientSex.Male], c.Sex)],
        ClinicalGroup.Primary => Primary(c.Primary),
        ClinicalGroup.Radiotherapy =>
            [.. Standard("dose", c.DoseGy), .. Standard("fractions", c.Fractions), .. Category([false, true], c.WholeBrainRadiotherapy)],
        ClinicalGroup.Surgery => Category([false, true], c.Surgery),
        ClinicalGroup.Time => Standard("months", Months(c)),
        ClinicalGroup.Volume => Standard("volume", Volume(volumeMm3)),
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, "No such group."),
    };

    private static IEnumerable<(string Name, double? Value)> Measured(CohortClinicalData c, double volumeMm3) =>
        [("age", c.AgeYears), ("dose", c.DoseGy), ("fractions", c.Fractions), ("months", Months(c)), ("volume", Volume(volumeMm3))];

    private static double? Months(CohortClinicalData c) => c.MonthsSinceRadiosurgery is { } months ? Math.Log(1 + Math.Max(0, months)) : null;

    private static double? Volume(double mm3) => mm3 > 0 ? Math.Log(mm3) : null;

    private List<float> Standard(string name, double? value)
    {
        (double mean, double deviation) = _scales.GetValueOrDefault(name, (0, 1));
        return value is { } v ? [(float)((v - mean) / deviation), 0] : [0, 1];
    }

    private static List<float> Category<T>(IReadOnlyList<T> states, T? value)
        where T : struct =>
        [.. states.Select(s => value is { } v && EqualityComparer<T>.Default.Equals(s, v) ? 1f : 0f), value is null ? 1f : 0f];

    private List<float> Primary(string? primary)
    {
        int known = Array.FindIndex(_primaries, p => string.Equals(p, primary, StringComparison.OrdinalIgnoreCase));
        return [.. _primaries.Select((_, n) => n == known ? 1f : 0f), primary is not null && known < 0 ? 1f : 0f, primary is null ? 1f : 0f];
    }
}
