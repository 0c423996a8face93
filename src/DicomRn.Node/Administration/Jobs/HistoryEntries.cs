using DicomRn.Node.State;

namespace DicomRn.Node.Administration.Jobs;

/// <summary>An association that a peer opened to the node.</summary>
/// <param name="StartedAt">When.</param>
/// <param name="EndedAt">Until when.</param>
/// <param name="CallingAeTitle">Who.</param>
/// <param name="CalledAeTitle">Whom it called.</param>
/// <param name="Host">From where.</param>
/// <param name="IsSecured">Whether over TLS.</param>
/// <param name="Stored">How many instances were answered with a success.</param>
/// <param name="Refused">How many were not.</param>
/// <param name="End">How it ended.</param>
/// <param name="Reason">Why it was rejected, aborted or lost.</param>
public sealed record AssociationEntry(
    DateTimeOffset StartedAt, DateTimeOffset EndedAt, string CallingAeTitle, string CalledAeTitle, string Host, bool IsSecured,
    int Stored, int Refused, AssociationEnd End, string? Reason);

/// <summary>One attempt to send a result.</summary>
/// <param name="At">When it ended.</param>
/// <param name="StudyInstanceUid">The study.</param>
/// <param name="ResultSopInstanceUid">The result.</param>
/// <param name="Destination">Name of the peer.</param>
/// <param name="Attempt">1 at first.</param>
/// <param name="State">What became of the delivery.</param>
/// <param name="Status">The C-STORE status; null where none came.</param>
/// <param name="Error">Why it failed, or what was warned of.</param>
public sealed record DeliveryAttemptEntry(
    DateTimeOffset At, string StudyInstanceUid, string ResultSopInstanceUid, string Destination, int Attempt,
    DeliveryState State, int? Status, string? Error);

/// <summary>A study, or a file of the quarantine, that was deleted.</summary>
/// <param name="At">When it was begun.</param>
/// <param name="FinishedAt">When it was done; null if it is still to be finished.</param>
/// <param name="StudyInstanceUid">The study.</param>
/// <param name="QuarantinedPath">The file of the quarantine; null for a study.</param>
/// <param name="State">The study's state.</param>
/// <param name="Instances">How many instances it had.</param>
/// <param name="Bytes">How many bytes were freed.</param>
/// <param name="By">Who wanted it.</param>
/// <param name="Reason">Why.</param>
public sealed record DeletionEntry(
    DateTimeOffset At, DateTimeOffset? FinishedAt, string? StudyInstanceUid, string? QuarantinedPath, StudyState? State,
    int Instances, long Bytes, string By, string Reason);
