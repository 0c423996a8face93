namespace DicomRn.Node.Pipeline;

/// <summary>A result object on disk, ready to be sent.</summary>
/// <param name="Path">Absolute path of the Part-10 file.</param>
/// <param name="Kind">What it is.</param>
/// <param name="SopClassUid">SOP Class UID (0008,0016).</param>
/// <param name="SopInstanceUid">SOP Instance UID (0008,0018), the same whenever the same inputs are repeated.</param>
/// <param name="SeriesInstanceUid">Series Instance UID (0020,000E).</param>
public sealed record ResultFile(
    string Path, ResultKind Kind, string SopClassUid, string SopInstanceUid, string SeriesInstanceUid);
