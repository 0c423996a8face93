namespace DicomRn.Node.State;

/// <summary>A line of history: how one attempt to send a result ended. Written in the transaction that stores the outcome.</summary>
internal sealed class DeliveryAttemptRecord
{
    public long Id { get; init; }

    public required long DeliveryId { get; init; }

    public required string StudyInstanceUid { get; init; }

    public required string ResultSopInstanceUid { get; init; }

    /// <summary>Name of the peer in the settings.</summary>
    public required string Destination { get; init; }

    /// <summary>1 at first.</summary>
    public required int Attempt { get; init; }

    /// <summary>What became of the delivery.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>The C-STORE status; null where none came.</summary>
    public int? Status { get; init; }

    public string? Error { get; init; }

    public required DateTimeOffset At { get; init; }
}
