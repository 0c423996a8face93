namespace DicomRn.Node.State;

/// <summary>A received SOP instance: the row that makes its file count.</summary>
internal sealed class InstanceRecord
{
    public required string SopInstanceUid { get; init; }

    public required string SopClassUid { get; init; }

    public required string StudyInstanceUid { get; init; }

    public required string SeriesInstanceUid { get; init; }

    public required string TransferSyntaxUid { get; init; }

    /// <summary>The Part-10 file, relative to the data directory, with forward slashes.</summary>
    public required string Path { get; init; }

    /// <summary>Length of the Part-10 file in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the data set as it came over the network, without the file meta information.</summary>
    public required byte[] DataSetHash { get; init; }

    /// <summary>Where the data set starts in the file, in bytes.</summary>
    public required int DataSetOffset { get; init; }

    public required string SourceAeTitle { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>It is a result of ours that came back: kept, but no reason to run.</summary>
    public required bool IsOwnResult { get; init; }
}
