namespace DicomRn.Node.Pipeline;

/// <summary>How a study ended, and the objects to send.</summary>
public sealed record StudyResult
{
    /// <summary>Study Instance UID.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>How it ended.</summary>
    public required StudyOutcome Outcome { get; init; }

    /// <summary>Why there is no answer; null when <see cref="Outcome"/> is <see cref="StudyOutcome.Answered"/>.</summary>
    public StudyReason? Reason { get; init; }

    /// <summary>What a person can do about it; null when answered.</summary>
    public string? WhatToDo { get; init; }

    /// <summary>The lesions, in the order of their tracking IDs.</summary>
    public IReadOnlyList<LesionResult> Lesions { get; init; } = [];

    /// <summary>The objects to send to every destination; empty when there was nothing to do.</summary>
    public IReadOnlyList<ResultFile> Results { get; init; } = [];

    /// <summary>The overlays as PNG files for people, beside the objects.</summary>
    public IReadOnlyList<string> Pictures { get; init; } = [];

    /// <summary>What the study lacks that others may have; null where it lacks nothing.</summary>
    public WantedObjects? Wanted { get; init; }

    /// <summary>
    /// Whether the run ended after matching, as <see cref="StudyInput.MayFetch"/> allows: there is no result, and it is repeated when what
    /// is <see cref="Wanted"/> was asked for.
    /// </summary>
    public bool IsInterim { get; init; }

    /// <summary>What a reader should know: assumptions, dropped contours, the standing of the model.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
