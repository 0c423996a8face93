using DicomRn.Node.Pipeline;

namespace DicomRn.Node.State;

/// <summary>A study moved to another state, or to another step of processing. Announced after the change is durable.</summary>
/// <param name="StudyInstanceUid">The study.</param>
/// <param name="Revision">Its round of assembly, from 1.</param>
/// <param name="From">The state before; null for a new study.</param>
/// <param name="To">The state now.</param>
/// <param name="Step">The step that starts, while processing.</param>
/// <param name="ReasonCode">Stable name of the reason, where there is one.</param>
/// <param name="Reason">Why, in a sentence without patient data.</param>
/// <param name="WhatToDo">What a person can do about it.</param>
/// <param name="At">When.</param>
public sealed record StudyChanged(
    string StudyInstanceUid, int Revision, StudyState? From, StudyState To, StudyStep? Step,
    string? ReasonCode, string? Reason, string? WhatToDo, DateTimeOffset At)
{
    internal static StudyChanged Of(StudyRecord study, StudyState? from, DateTimeOffset at) => new(
        study.StudyInstanceUid, study.Revision, from, study.State, study.Step,
        study.ReasonCode, study.Reason, study.WhatToDo, at);
}
