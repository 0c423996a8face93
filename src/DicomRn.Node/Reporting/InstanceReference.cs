namespace DicomRn.Node.Reporting;

/// <summary>An instance somewhere in a study and series.</summary>
/// <param name="StudyInstanceUid">Study Instance UID.</param>
/// <param name="SeriesInstanceUid">Series Instance UID.</param>
/// <param name="SopClassUid">SOP Class UID.</param>
/// <param name="SopInstanceUid">SOP Instance UID.</param>
internal sealed record InstanceReference(
    string StudyInstanceUid, string SeriesInstanceUid, string SopClassUid, string SopInstanceUid);
