namespace DicomRn.Node.State;

/// <summary>A line of a study's history: one move from state to state. History, not state: the last second may be lost in a crash.</summary>
internal sealed class StudyEventRecord
{
    public long Id { get; init; }

    public required string StudyInstanceUid { get; init; }

    public required int Revision { get; init; }

    /// <summary>The state before; null for a new study.</summary>
    public StudyState? From { get; init; }

    public required StudyState To { get; init; }

    public string? ReasonCode { get; init; }

    /// <summary>Why, without patient data.</summary>
    public string? Reason { get; init; }

    public required DateTimeOffset At { get; init; }
}
