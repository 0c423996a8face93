using DicomRn.Node.State;

namespace DicomRn.Node.Administration;

/// <summary>A node's state at one moment.</summary>
/// <param name="Studies">How many studies are in each state; states without a study are left out.</param>
/// <param name="Deliveries">What the outbox holds for each destination.</param>
/// <param name="Attention">The studies that need a person, the latest first, a hundred at most.</param>
public sealed record NodeStatus(
    IReadOnlyDictionary<StudyState, int> Studies, IReadOnlyList<DestinationStatus> Deliveries,
    IReadOnlyList<StudyStatus> Attention)
{
    /// <summary>How reception fares; null where the node does not run.</summary>
    public ReceptionStatus? Reception { get; init; }
}

/// <summary>How the reception of instances fares.</summary>
/// <param name="Waiting">How many received instances are durable in the log and do not have their place in the store yet.</param>
/// <param name="StoringFailure">Why they do not get it now; null while all is well. Nothing is lost, and it is tried again.</param>
/// <param name="IsRefusing">Whether instances are refused, because less of the disk is free than <c>Receiving:DiskReserve</c> demands.</param>
public sealed record ReceptionStatus(int Waiting, string? StoringFailure, bool IsRefusing);

/// <summary>What the outbox holds for a destination.</summary>
/// <param name="Destination">Name of the peer.</param>
/// <param name="Queued">How many results wait.</param>
/// <param name="Delivered">How many it has.</param>
/// <param name="Failed">How many it refused or was not there for.</param>
/// <param name="LastError">The latest error among those that wait or failed.</param>
public sealed record DestinationStatus(string Destination, int Queued, int Delivered, int Failed, string? LastError)
{
    /// <summary>How many it has taken and not confirmed yet.</summary>
    public int Sent { get; init; }
}

/// <summary>A study as a person sees it.</summary>
/// <param name="StudyInstanceUid">The study.</param>
/// <param name="State">Where it is.</param>
/// <param name="Revision">Its round of assembly.</param>
/// <param name="Instances">How many instances are stored.</param>
/// <param name="ReasonCode">Stable name of the reason, if there is one.</param>
/// <param name="Reason">Why it is there.</param>
/// <param name="WhatToDo">What to do about it.</param>
/// <param name="ChangedAt">Since when.</param>
public sealed record StudyStatus(
    string StudyInstanceUid, StudyState State, int Revision, int Instances, string? ReasonCode, string? Reason,
    string? WhatToDo, DateTimeOffset ChangedAt);
