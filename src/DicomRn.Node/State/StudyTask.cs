namespace DicomRn.Node.State;

/// <summary>A study that a worker has taken.</summary>
/// <param name="StudyInstanceUid">The study.</param>
/// <param name="Revision">The round of assembly it is done for.</param>
/// <param name="Attempt">1 at first.</param>
/// <param name="Files">Its Part-10 files, relative to the data directory.</param>
/// <param name="Lease">The right to process it.</param>
internal sealed record StudyTask(string StudyInstanceUid, int Revision, int Attempt, IReadOnlyList<string> Files, Lease Lease)
{
    /// <summary>Part-10 files that were fetched for it, relative to the data directory.</summary>
    public IReadOnlyList<string> Fetched { get; init; } = [];

    /// <summary>What a reader should know of that.</summary>
    public IReadOnlyList<string> FetchNotes { get; init; } = [];

    /// <summary>Whether others may be asked for what it lacks before there is a result.</summary>
    public bool MayFetch { get; init; }
}
