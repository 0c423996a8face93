namespace DicomRn.Node.Pipeline;

/// <summary>The same lesion in a report of an earlier study.</summary>
/// <param name="StudyInstanceUid">The study.</param>
/// <param name="Date">Its Study Date, YYYYMMDD.</param>
/// <param name="VolumeMm3">Volume, mm³.</param>
/// <param name="Probability">Probability of radiation necrosis, 0 to 1; null where the model did not apply.</param>
/// <param name="Class">What the lesion was taken for.</param>
/// <param name="Report">The report.</param>
/// <param name="Segmentation">The segmentation that the report refers to.</param>
/// <param name="Segment">The lesion's segment there.</param>
/// <param name="SourceSeriesUid">The series that was measured.</param>
public sealed record LesionTimePoint(
    string StudyInstanceUid, string Date, double VolumeMm3, double? Probability, LesionClass Class, EarlierReport Report,
    EarlierReport Segmentation, int Segment, string SourceSeriesUid);
