namespace DicomRn.Node.State;

/// <summary>
/// A study, or a file of the quarantine, that was deleted. Without <see cref="FinishedAt"/> it is the mark that a deletion was
/// begun and is to be finished at the next start.
/// </summary>
internal sealed class DeletionRecord
{
    public long Id { get; init; }

    /// <summary>The study; null for a file of the quarantine that names none.</summary>
    public string? StudyInstanceUid { get; init; }

    /// <summary>The file of the quarantine, relative to the data directory; null for a study.</summary>
    public string? QuarantinedPath { get; init; }

    /// <summary>The study's last revision that goes.</summary>
    public required int Revision { get; init; }

    /// <summary>The state in which the study was; null for a file of the quarantine.</summary>
    public StudyState? State { get; init; }

    /// <summary>Who wanted it: <c>retention</c>, or the user of the operating system.</summary>
    public required string By { get; init; }

    public required string Reason { get; init; }

    public required int Instances { get; init; }

    /// <summary>How many bytes of files were freed.</summary>
    public required long Bytes { get; set; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When files and rows were gone.</summary>
    public DateTimeOffset? FinishedAt { get; set; }
}
