using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Statistics;

namespace DicomRn.Learning.Evaluation;

/// <summary>Divides a set by what the cohort says of its cases.</summary>
internal static class Subgroups
{
    private const double LargeMm3 = 2000;

    public static IReadOnlyList<SubgroupMeasure> Of(EvaluatedModel model, Cohort? cohort)
    {
        Dictionary<(string, string, string, int), CohortClinicalData> clinical = [];
        foreach (CohortEntry e in cohort?.Entries ?? [])
            clinical[(e.Centre, e.Patient, e.Lesion ?? "", e.TimePoint)] = e.Clinical;
        CohortClinicalData Of(Prediction p) => clinical.GetValueOrDefault((p.Centre, p.Patient, p.Lesion, p.TimePoint)) ?? new CohortClinicalData();
        List<(string Variable, Func<Prediction, string> Level)> divisions = [("centre", p => p.Centre)];
        if (cohort is not null)
        {
            divisions.Add(("lesion volume", p => Size(Of(p).LesionVolumeMm3)));
            divisions.Add(("months since radiosurgery", p => Months(Of(p).MonthsSinceRadiosurgery)));
            divisions.Add(("primary", p => Of(p).Primary ?? "missing"));
            divisions.Add(("sex", p => Of(p).Sex?.ToString().ToLowerInvariant() ?? "missing"));
        }

        return
        [
            .. divisions.SelectMany(d => model.Cases.GroupBy(d.Level).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => Measure(d.Variable, g.Key, [.. g]))),
        ];
    }

    private static SubgroupMeasure Measure(string variable, string level, Prediction[] cases)
    {
        int positives = cases.Count(c => c.Progression);
        RocAuc? auc = positives >= 2 && cases.Length - positives >= 2
            ? RocAuc.DeLong([.. cases.Select(c => c.Logit)], [.. cases.Select(c => c.Progression)])
            : null;
        return new SubgroupMeasure(variable, level, cases.Length, positives, auc);
    }

    private static string Size(double? mm3) => mm3 switch
    {
        null => "missing",
        < LargeMm3 => "below 2 cm³",
        _ => "2 cm³ and more",
    };

    private static string Months(double? months) => months switch
    {
        null => "missing",
        < 6 => "below 6",
        < 12 => "6 to below 12",
        _ => "from 12 on",
    };
}
