namespace DicomRn.Node.State;

/// <summary>What a run of the pipeline found: the <see cref="Pipeline.StudyResult"/> of one revision, as JSON.</summary>
internal sealed class StudyResultRecord
{
    public required string StudyInstanceUid { get; init; }

    public required int Revision { get; init; }

    public required string Json { get; set; }

    public required DateTimeOffset FinishedAt { get; set; }
}
