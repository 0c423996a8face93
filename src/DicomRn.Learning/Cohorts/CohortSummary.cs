namespace DicomRn.Learning.Cohorts;

/// <summary>What a cohort holds of one split of one centre.</summary>
/// <param name="Split">The split.</param>
/// <param name="Centre">The hospital or data set.</param>
/// <param name="Patients">Patients.</param>
/// <param name="Lesions">Marked lesions, each counted once however often it was scanned.</param>
/// <param name="RadiationNecrosis">Lesions labelled RN.</param>
/// <param name="Progression">Lesions labelled progression.</param>
/// <param name="Scans">Rows.</param>
public sealed record CohortSummary(
    CohortSplit Split, string Centre, int Patients, int Lesions, int RadiationNecrosis, int Progression, int Scans)
{
    /// <summary>A line for each split and centre.</summary>
    public static IReadOnlyList<CohortSummary> Of(IReadOnlyList<CohortEntry> entries) =>
    [
        .. entries.GroupBy(e => (e.Split, e.Centre)).OrderBy(g => g.Key.Split).ThenBy(g => g.Key.Centre, StringComparer.Ordinal).Select(g => new CohortSummary(
            g.Key.Split,
            g.Key.Centre,
            g.Select(e => e.Patient).Distinct().Count(),
            g.Where(e => e.Mask is not null).Select(e => (e.Patient, e.Lesion)).Distinct().Count(),
            g.Count(e => e.IsIndex && e.Label == LesionClass.RadiationNecrosis),
            g.Count(e => e.IsIndex && e.Label == LesionClass.Progression),
            g.Count())),
    ];
}
