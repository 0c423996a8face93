namespace DicomRn.Node.State;

/// <summary>Who may work on something, and until when; the row is gone when the work is done.</summary>
internal sealed class LeaseRecord
{
    /// <summary>The fencing number: no two leases ever have the same, and of one thing the later has the higher.</summary>
    public long Fence { get; init; }

    public required LeaseKind Kind { get; init; }

    /// <summary>What of its kind.</summary>
    public required string Resource { get; init; }

    /// <summary>Name of the node.</summary>
    public required string Owner { get; init; }

    /// <summary>By the clock of the transactions: the database's where nodes share it.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }
}
