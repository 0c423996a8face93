using DicomRn.Node.Pipeline;

namespace DicomRn.Node.State;

/// <summary>A result object of a study's revision.</summary>
internal sealed class ResultRecord
{
    public required string SopInstanceUid { get; init; }

    public required string SopClassUid { get; init; }

    public required string SeriesInstanceUid { get; init; }

    public required string StudyInstanceUid { get; init; }

    /// <summary>The last revision of the study that has this object among its results.</summary>
    public required int Revision { get; set; }

    public required ResultKind Kind { get; init; }

    /// <summary>Absolute path of the Part-10 file.</summary>
    public required string Path { get; set; }
}
