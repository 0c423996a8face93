namespace DicomRn.Node.State;

/// <summary>A file that was set aside: it was refused, or it lost its place in the store.</summary>
internal sealed class QuarantineRecord
{
    public long Id { get; init; }

    public required string SopInstanceUid { get; init; }

    public string? StudyInstanceUid { get; init; }

    /// <summary>The file, relative to the data directory, with forward slashes.</summary>
    public required string Path { get; init; }

    public required string Reason { get; init; }

    public string? SourceAeTitle { get; init; }

    public required DateTimeOffset At { get; init; }
}
