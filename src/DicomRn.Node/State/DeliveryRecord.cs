namespace DicomRn.Node.State;

/// <summary>One result to one destination: a row of the outbox.</summary>
internal sealed class DeliveryRecord
{
    public long Id { get; init; }

    public required string ResultSopInstanceUid { get; init; }

    public required string StudyInstanceUid { get; init; }

    /// <summary>Name of the peer in the settings.</summary>
    public required string Destination { get; init; }

    public DeliveryState State { get; set; }

    public int Attempts { get; set; }

    public required DateTimeOffset QueuedAt { get; set; }

    public required DateTimeOffset NextAttemptAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>The last C-STORE status; null where none came.</summary>
    public int? LastStatus { get; set; }

    public string? LastError { get; set; }

    /// <summary>Optimistic concurrency: one more with every change.</summary>
    public long Version { get; set; }
}
