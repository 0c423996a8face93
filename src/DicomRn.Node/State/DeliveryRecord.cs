namespace DicomRn.Node.State;

/// <summary>One result to one destination: a row of the outbox.</summary>
internal sealed class DeliveryRecord
{
    public long Id { get; init; }

    public required string ResultSopInstanceUid { get; init; }

    public required string StudyInstanceUid { get; init; }

    /// <summary>Name of the peer in the settings.</summary>
    public required string Destination { get; init; }

    /// <summary>The routes that send it there, separated by commas; null where the settings have none.</summary>
    public string? Routes { get; set; }

    public DeliveryState State { get; set; }

    /// <summary>How often it was tried to send it since it was queued.</summary>
    public int Attempts { get; set; }

    public required DateTimeOffset QueuedAt { get; set; }

    /// <summary>Queued: when it is tried. Sent: when the destination is asked for it, or its report is overdue.</summary>
    public required DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>Its routes let nothing through before; null where they do, or where there are none.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>When it could first be sent, if that was not at once; the time after which it is given up runs from there.</summary>
    public DateTimeOffset? DueSince { get; set; }

    /// <summary>When the destination last answered a C-STORE of it with success or a warning.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>How often the destination was asked for it in vain since it was sent.</summary>
    public int Checks { get; set; }

    /// <summary>How often it was sent, or its commitment requested, again because the destination did not have it.</summary>
    public int Resends { get; set; }

    /// <summary>The storage commitment it is part of; null where none was requested since it was sent.</summary>
    public string? TransactionUid { get; set; }

    /// <summary>How it is known that the destination has it; null as long as it is not.</summary>
    public DeliveryConfirmation? Confirmation { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>The last C-STORE status; null where none came.</summary>
    public int? LastStatus { get; set; }

    public string? LastError { get; set; }

    /// <summary>Optimistic concurrency: one more with every change.</summary>
    public long Version { get; set; }

    /// <summary>The time after which it is given up runs from here.</summary>
    public DateTimeOffset WaitsSince => DueSince ?? QueuedAt;

    /// <summary>Whether it is still on its way.</summary>
    public static bool IsOpen(DeliveryState state) => state is DeliveryState.Queued or DeliveryState.Sent;

    /// <summary>Begins from the start: at once, or when its routes let it through.</summary>
    public void Queue(DateTimeOffset now, DateTimeOffset? notBefore)
    {
        State = DeliveryState.Queued;
        QueuedAt = now;
        NotBefore = DueSince = notBefore > now ? notBefore : null;
        NextAttemptAt = NotBefore ?? now;
        Attempts = Checks = Resends = 0;
        TransactionUid = null;
        Confirmation = null;
        FinishedAt = null;
        Version++;
    }

    /// <summary>The destination has it.</summary>
    public void Confirm(DeliveryConfirmation how, string? remark, DateTimeOffset now)
    {
        State = DeliveryState.Delivered;
        Confirmation = how;
        LastError = remark;
        FinishedAt = now;
        Version++;
    }

    /// <summary>It will not get there.</summary>
    public void Fail(string reason, DateTimeOffset now)
    {
        State = DeliveryState.Failed;
        LastError = reason;
        FinishedAt = now;
        Version++;
    }

    /// <summary>The destination took it and does not have it.</summary>
    public void SendAgain(string reason, DateTimeOffset at)
    {
        State = DeliveryState.Queued;
        Resends++;
        Attempts = Checks = 0;
        TransactionUid = null;
        LastError = reason;
        NextAttemptAt = at;
        Version++;
    }

    /// <summary>The destination was asked for it, and does not have it yet.</summary>
    public void AskAgain(string reason, DateTimeOffset at)
    {
        Checks++;
        Postpone(reason, at);
    }

    /// <summary>Whether the destination has it is still open, and it is to be asked at a time.</summary>
    public void Postpone(string reason, DateTimeOffset at)
    {
        LastError = reason;
        NextAttemptAt = at;
        Version++;
    }

    /// <summary>Its storage commitment is to be requested again.</summary>
    public void RequestAgain(string reason, DateTimeOffset at)
    {
        Resends++;
        TransactionUid = null;
        Postpone(reason, at);
    }
}
