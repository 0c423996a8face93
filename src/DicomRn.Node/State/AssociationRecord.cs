namespace DicomRn.Node.State;

/// <summary>A line of history: an association that a peer opened to the node. The last second may be lost in a crash.</summary>
internal sealed class AssociationRecord
{
    public long Id { get; init; }

    public required string CallingAeTitle { get; init; }

    public required string CalledAeTitle { get; init; }

    /// <summary>The address it came from.</summary>
    public required string Host { get; init; }

    public required bool IsSecured { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>How many instances were answered with a success.</summary>
    public required int Stored { get; init; }

    /// <summary>How many instances were refused.</summary>
    public required int Refused { get; init; }

    public required AssociationEnd End { get; init; }

    /// <summary>Why it was rejected, aborted or lost.</summary>
    public string? Reason { get; init; }
}
