using DicomRn.Node.Pipeline;

namespace DicomRn.Node.State;

/// <summary>A result whose time to be sent has come.</summary>
internal sealed record DueDelivery(
    long Id, string StudyInstanceUid, DateTimeOffset QueuedAt, int Attempts, ResultKind Kind, string SopInstanceUid, string Path);

/// <summary>How an attempt to send a result ended.</summary>
/// <param name="DeliveryId">Its row in the outbox.</param>
/// <param name="State">Delivered, failed for good, or queued again.</param>
/// <param name="Status">The C-STORE status; null where none came.</param>
/// <param name="Error">Why it was not delivered; for a warning, what was warned of.</param>
/// <param name="NextAttemptAt">When it is tried again, if queued.</param>
internal sealed record DeliveryAttempt(
    long DeliveryId, DeliveryState State, int? Status, string? Error, DateTimeOffset? NextAttemptAt);
