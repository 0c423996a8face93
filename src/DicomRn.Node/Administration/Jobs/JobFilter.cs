using DicomRn.Node.State;

namespace DicomRn.Node.Administration.Jobs;

/// <summary>Which lines are wanted, the latest first.</summary>
/// <param name="States">Studies in these states only; empty for all.</param>
/// <param name="Since">Only what changed at or after this time.</param>
/// <param name="Limit">How many lines at most, 1 to <see cref="LargestLimit"/>.</param>
public sealed record JobFilter(IReadOnlyList<StudyState> States, DateTimeOffset? Since, int Limit = JobFilter.UsualLimit)
{
    /// <summary>The limit where none is given.</summary>
    public const int UsualLimit = 100;

    /// <summary>The largest limit.</summary>
    public const int LargestLimit = 10_000;
}
