namespace DicomRn.Node.State;

/// <summary>A study that a worker has taken.</summary>
/// <param name="StudyInstanceUid">The study.</param>
/// <param name="Revision">The round of assembly it is done for.</param>
/// <param name="Attempt">1 at first.</param>
/// <param name="Files">Its Part-10 files, relative to the data directory.</param>
/// <param name="Lease">The right to process it.</param>
internal sealed record StudyTask(string StudyInstanceUid, int Revision, int Attempt, IReadOnlyList<string> Files, Lease Lease);
