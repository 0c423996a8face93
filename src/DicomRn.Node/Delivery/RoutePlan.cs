using DicomRn.Node.Pipeline;
using DicomRn.Node.State;

namespace DicomRn.Node.Delivery;

/// <summary>Where the routes of the settings send the results of a stored study, as of one moment.</summary>
/// <param name="StudyInstanceUid">The study.</param>
/// <param name="State">Where it is on its way.</param>
/// <param name="Outcome">How it ended; <see cref="StudyOutcome.Answered"/> is assumed before it did.</param>
/// <param name="IsAssumed">It has no results yet: one of each kind is assumed.</param>
/// <param name="Sources">The AE titles that sent its instances.</param>
/// <param name="Results">Each result and destination, and each result that goes nowhere.</param>
public sealed record RoutePlan(
    string StudyInstanceUid, StudyState State, StudyOutcome Outcome, bool IsAssumed, IReadOnlyList<string> Sources,
    IReadOnlyList<PlannedResult> Results);

/// <summary>Where one result goes.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="SopInstanceUid">Its SOP Instance UID; null where it is assumed.</param>
/// <param name="Destination">Name of the peer; null where no route sends it anywhere.</param>
/// <param name="Routes">The routes that lead there; null where the settings have none.</param>
/// <param name="NotBefore">When the first of them lets it through; null for at once.</param>
/// <param name="State">Where it is on its way there; null where it is on none.</param>
public sealed record PlannedResult(
    ResultKind Kind, string? SopInstanceUid, string? Destination, string? Routes, DateTimeOffset? NotBefore, DeliveryState? State);
