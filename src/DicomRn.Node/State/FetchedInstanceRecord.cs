namespace DicomRn.Node.State;

/// <summary>
/// An object fetched for a study: the row that makes its file count. It belongs to that study whatever study it is filed under, is
/// no instance of it, and goes with it.
/// </summary>
internal sealed class FetchedInstanceRecord
{
    /// <summary>The study that it was fetched for.</summary>
    public required string StudyInstanceUid { get; init; }

    public required string SopInstanceUid { get; init; }

    public required string SopClassUid { get; init; }

    public required string SeriesInstanceUid { get; init; }

    /// <summary>The study that it is filed under.</summary>
    public required string OwnStudyInstanceUid { get; init; }

    /// <summary>The Part-10 file, relative to the data directory, with forward slashes.</summary>
    public required string Path { get; set; }

    /// <summary>Length of the file in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Name of the peer, or of this node's own store.</summary>
    public required string Source { get; init; }

    public required DateTimeOffset At { get; init; }
}
