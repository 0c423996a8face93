namespace DicomRn.Node.Pipeline;

/// <summary>A report of an earlier revision of the study.</summary>
/// <param name="SeriesInstanceUid">Series Instance UID.</param>
/// <param name="SopClassUid">SOP Class UID.</param>
/// <param name="SopInstanceUid">SOP Instance UID.</param>
public sealed record EarlierReport(string SeriesInstanceUid, string SopClassUid, string SopInstanceUid);
