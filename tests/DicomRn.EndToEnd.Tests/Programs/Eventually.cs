using System.Diagnostics;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>Waits for a state of another process that can only be asked for.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks until the answer is not null.</summary>
    /// <param name="what">What is waited for, for the failure.</param>
    /// <param name="limit">How long at most.</param>
    /// <param name="ask">Returns null while it is not so yet.</param>
    public static async Task<T> GetAsync<T>(string what, TimeSpan limit, Func<CancellationToken, Task<T?>> ask)
        where T : class
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        long start = Stopwatch.GetTimestamp();
        using PeriodicTimer timer = new(Period);
        do
        {
            if (await ask(cancellationToken) is { } answer)
                return answer;
        }
        while (Stopwatch.GetElapsedTime(start) < limit && await timer.WaitForNextTickAsync(cancellationToken));

        throw new TimeoutException($"Waited {limit.TotalSeconds:F0} s in vain for: {what}.");
    }
}
