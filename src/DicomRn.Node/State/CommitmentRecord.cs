namespace DicomRn.Node.State;

/// <summary>A request for storage commitment: stored before it is sent, so that its report is known at any later time (PS3.4 J.3).</summary>
internal sealed class CommitmentRecord
{
    /// <summary>Transaction UID (0008,1195).</summary>
    public required string TransactionUid { get; init; }

    /// <summary>Name of the peer that was asked.</summary>
    public required string Destination { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When its report came; null as long as none has.</summary>
    public DateTimeOffset? ReportedAt { get; set; }
}
