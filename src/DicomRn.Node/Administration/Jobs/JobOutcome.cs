namespace DicomRn.Node.Administration.Jobs;

/// <summary>What became of a wish for a study.</summary>
/// <param name="Result">Whether it was done.</param>
/// <param name="Message">What was done, or why not, in a sentence.</param>
public sealed record JobOutcome(JobResult Result, string Message);

/// <summary>Whether something was done.</summary>
public enum JobResult
{
    /// <summary>It was.</summary>
    Done,

    /// <summary>There is no such study.</summary>
    NotFound,

    /// <summary>The study's state does not allow it.</summary>
    Refused,

    /// <summary>Not now: a backup is being made.</summary>
    Busy,
}
