namespace DicomRn.Node.State;

/// <summary>Wakes a loop when its time has come or when somebody rings. For one waiter, and any number who ring.</summary>
internal sealed class Alarm(TimeProvider timeProvider)
{
    // Timers take no more than 49 days; a loop that wakes for nothing looks again and waits on.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private TaskCompletionSource _ring = NewRing();

    /// <summary>Ends the present wait, or the next one if nobody waits.</summary>
    public void Ring() => Volatile.Read(ref _ring).TrySetResult();

    /// <summary>Waits for the ring, or for <paramref name="due"/> if there is one.</summary>
    /// <returns>Whether it was rung.</returns>
    public async Task<bool> WaitAsync(DateTimeOffset? due, CancellationToken cancellationToken)
    {
        TimeSpan wait = due is { } time ? time - timeProvider.GetUtcNow() : LongestWait;
        if (wait > TimeSpan.Zero)
        {
            using CancellationTokenSource rung = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task delay = Task.Delay(wait < LongestWait ? wait : LongestWait, timeProvider, rung.Token);
            await Task.WhenAny(_ring.Task, delay);
            await rung.CancelAsync();
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (!_ring.Task.IsCompleted)
            return false;
        Volatile.Write(ref _ring, NewRing());
        return true;
    }

    private static TaskCompletionSource NewRing() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
