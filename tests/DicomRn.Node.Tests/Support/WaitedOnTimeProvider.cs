using System.Threading.Channels;

namespace DicomRn.Node.Tests.Support;

/// <summary>Tells when somebody sets a timer, so that a test advances its clock no sooner.</summary>
internal sealed class WaitedOnTimeProvider(TimeProvider clock) : TimeProvider
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = clock.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until a timer of this length has been set.</summary>
    public async Task TimerOfAsync(TimeSpan dueTime, CancellationToken cancellationToken)
    {
        await foreach (TimeSpan set in _timers.Reader.ReadAllAsync(cancellationToken))
            if (set == dueTime)
                return;
    }
}
