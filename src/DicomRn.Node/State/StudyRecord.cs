using DicomRn.Node.Pipeline;

namespace DicomRn.Node.State;

/// <summary>A study's row in the state store.</summary>
internal sealed class StudyRecord
{
    /// <summary>Study Instance UID.</summary>
    public required string StudyInstanceUid { get; init; }

    public StudyState State { get; private set; }

    /// <summary>The step that is running or was the last one to start; null outside processing.</summary>
    public StudyStep? Step { get; set; }

    /// <summary>How the last run of the pipeline ended; null before the first one did.</summary>
    public StudyOutcome? Outcome { get; set; }

    /// <summary>The stable name of why it is where it is, for programs; null where there is nothing to explain.</summary>
    public string? ReasonCode { get; set; }

    /// <summary>Why it is where it is, one sentence without patient data.</summary>
    public string? Reason { get; set; }

    /// <summary>What a person can do about it.</summary>
    public string? WhatToDo { get; set; }

    /// <summary>Counts the rounds of assembly: 1 at first, one more whenever a late instance re-opens the study.</summary>
    public int Revision { get; set; }

    /// <summary>How often processing of this revision was begun.</summary>
    public int Attempts { get; set; }

    public int InstanceCount { get; set; }

    /// <summary>Arrival of this revision's first instance.</summary>
    public DateTimeOffset FirstInstanceAt { get; set; }

    public DateTimeOffset LastInstanceAt { get; set; }

    /// <summary>Assembling: when the study counts as complete. Ready: not to be processed before.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>See <see cref="State.PatientKey"/>: enough to notice two patients in one study, and no identity.</summary>
    public byte[]? PatientKey { get; set; }

    /// <summary>The same without the issuer, by which studies of one patient are found; set when the study is first processed.</summary>
    public byte[]? PatientIdKey { get; set; }

    /// <summary>Instances of the study named different patients.</summary>
    public bool HasPatientMismatch { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Optimistic concurrency: one more with every change.</summary>
    public long Version { get; set; }

    /// <summary>Moves the study, if <see cref="StudyStateMachine"/> allows it, and clears what explained the old state.</summary>
    public void MoveTo(StudyState state, DateTimeOffset now)
    {
        StudyStateMachine.Demand(State, state);
        State = state;
        ReasonCode = null;
        Reason = null;
        WhatToDo = null;
        DueAt = null;
        if (state != StudyState.Processing)
            Step = null;
        ChangedAt = now;
        Version++;
    }

    /// <summary>Says why the study is in its state.</summary>
    public void Explain(string code, string reason, string? whatToDo = null)
    {
        ReasonCode = code;
        Reason = reason;
        WhatToDo = whatToDo;
    }

    /// <summary>Restores a row read without EF Core.</summary>
    internal void Restore(StudyState state) => State = state;
}
