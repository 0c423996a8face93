namespace DicomRn.Node.Pipeline;

/// <summary>A report, or another result, of an earlier revision of the study or of an earlier study.</summary>
/// <param name="SeriesInstanceUid">Series Instance UID.</param>
/// <param name="SopClassUid">SOP Class UID.</param>
/// <param name="SopInstanceUid">SOP Instance UID.</param>
public sealed record EarlierReport(string SeriesInstanceUid, string SopClassUid, string SopInstanceUid);
