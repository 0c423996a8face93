using DicomRn.Node.Pipeline;
using DicomRn.Node.State;

namespace DicomRn.Node.Administration.Jobs;

/// <summary>A study and where it is.</summary>
/// <param name="StudyInstanceUid">The study.</param>
/// <param name="State">Where it is.</param>
/// <param name="Step">The step that runs, while it is processed.</param>
/// <param name="Revision">Its round of assembly, from 1; late instances begin another.</param>
/// <param name="Attempts">How often processing of this revision was begun.</param>
/// <param name="Instances">How many instances are stored.</param>
/// <param name="ReasonCode">Stable name of the reason, if there is one.</param>
/// <param name="Reason">Why it is there.</param>
/// <param name="WhatToDo">What a person can do about it.</param>
/// <param name="FirstInstanceAt">When this revision's first instance came.</param>
/// <param name="LastInstanceAt">When its last instance came.</param>
/// <param name="DueAt">When it goes on by itself, if it waits for a time.</param>
/// <param name="ChangedAt">Since when it is in its state.</param>
public sealed record StudyJob(
    string StudyInstanceUid, StudyState State, StudyStep? Step, int Revision, int Attempts, int Instances,
    string? ReasonCode, string? Reason, string? WhatToDo, DateTimeOffset FirstInstanceAt, DateTimeOffset LastInstanceAt,
    DateTimeOffset? DueAt, DateTimeOffset ChangedAt);
