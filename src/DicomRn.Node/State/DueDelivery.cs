using DicomRn.Node.Pipeline;

namespace DicomRn.Node.State;

/// <summary>A result whose time to be sent has come.</summary>
internal sealed record DueDelivery(
    long Id, string StudyInstanceUid, DateTimeOffset WaitsSince, int Attempts, string? Routes, int Revision, ResultKind Kind,
    string SopInstanceUid, string Path);

/// <summary>How an attempt to send a result ended.</summary>
/// <param name="DeliveryId">Its row in the outbox.</param>
/// <param name="State">Sent, delivered, failed for good, or queued again.</param>
/// <param name="Status">The C-STORE status; null where none came.</param>
/// <param name="Error">Why it was not delivered; for a warning, what was warned of.</param>
/// <param name="NextAttemptAt">When it is tried again, if queued.</param>
internal sealed record DeliveryAttempt(
    long DeliveryId, DeliveryState State, int? Status, string? Error, DateTimeOffset? NextAttemptAt)
{
    /// <summary>Its routes let nothing through before; null where they do.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Whether the destination was called: one that is left alone for a while costs no attempt.</summary>
    public bool WasTried { get; init; } = true;
}
