using DicomRn.Node.Pipeline;

namespace DicomRn.Node.State;

/// <summary>A round of asking for a study that a worker has taken.</summary>
/// <param name="StudyInstanceUid">The study.</param>
/// <param name="Revision">Its revision at the beginning.</param>
/// <param name="Wanted">What it lacks.</param>
/// <param name="PatientIdKey">See <see cref="StudyRecord.PatientIdKey"/>.</param>
/// <param name="Instances">Its own instances, and where their files are, relative to the data directory.</param>
/// <param name="Fetched">What was fetched for it before.</param>
/// <param name="Failures">Rounds before this one, in a row, in which a peer did not answer.</param>
/// <param name="Lease">The right to do it.</param>
internal sealed record FetchTask(
    string StudyInstanceUid, int Revision, WantedObjects Wanted, byte[] PatientIdKey, IReadOnlyList<HeldObject> Instances,
    IReadOnlyList<HeldObject> Fetched, int Failures, Lease Lease);

/// <summary>An object whose file the node has.</summary>
/// <param name="SopInstanceUid">SOP Instance UID.</param>
/// <param name="SopClassUid">SOP Class UID.</param>
/// <param name="SeriesInstanceUid">Series Instance UID.</param>
/// <param name="StudyInstanceUid">The study that it is filed under.</param>
/// <param name="Path">The file: of an own instance or a fetched object relative to the data directory, of a result absolute.</param>
/// <param name="Size">Its length, bytes.</param>
internal sealed record HeldObject(
    string SopInstanceUid, string SopClassUid, string SeriesInstanceUid, string StudyInstanceUid, string Path, long Size);
