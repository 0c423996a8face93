namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>
/// One timer per connection that ends whatever waits too long: the ARTIM timer of PS3.8 9.1.5, the time for the next byte of a
/// message, the time for the next message. Noting progress costs one clock reading, no timer change.
/// </summary>
internal sealed class ConnectionWatchdog : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly TimeSpan _period;
    private readonly CancellationTokenSource _expired = new();
    private readonly Lock _lock = new();
    private long _since;
    private long _writingSince;
    private bool _spansPdus;
    private TimeSpan _timeout = Timeout.InfiniteTimeSpan;
    private string _awaited = "";
    private (string Awaited, TimeSpan Timeout)? _afterPdu;
    private int _paused;

    /// <param name="time">The clock.</param>
    /// <param name="period">How often to look: the shortest of the time-outs that will be watched.</param>
    public ConnectionWatchdog(TimeProvider time, TimeSpan period)
    {
        _time = time;
        _period = period;
        _since = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((ConnectionWatchdog)state!).Look(), this, period, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Token => _expired.Token;

    /// <summary>What did not come in time; null as long as nothing expired.</summary>
    public string? Expired { get; private set; }

    /// <summary>What is waited for.</summary>
    public string Awaited
    {
        get
        {
            lock (_lock)
                return _awaited;
        }
    }

    /// <summary>Whether the peer is being written to.</summary>
    public bool IsWriting => Volatile.Read(ref _writingSince) > 0;

    /// <summary>Begins to wait for <paramref name="awaited"/>.</summary>
    /// <param name="awaited">What is to come.</param>
    /// <param name="timeout">By when.</param>
    /// <param name="spansPdus">Whether the time goes on when a PDU begins.</param>
    public void Await(string awaited, TimeSpan timeout, bool spansPdus = false)
    {
        lock (_lock)
        {
            _afterPdu = null;
            _awaited = awaited;
            _timeout = timeout;
            _spansPdus = spansPdus;
            _since = _time.GetTimestamp();
        }
    }

    /// <summary>How long a PDU may take from its first byte to its last; without limit until an association is there.</summary>
    public TimeSpan PduTimeout { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// The first bytes of a PDU came. Further bytes do not prolong the time: a peer that sends one byte a second makes no progress.
    /// </summary>
    public void BeginPdu()
    {
        if (PduTimeout == Timeout.InfiniteTimeSpan)
            return;
        lock (_lock)
        {
            if (_spansPdus)
                return;
            (string Awaited, TimeSpan Timeout) before = (_awaited, _timeout);
            Await("the rest of a PDU", PduTimeout);
            _afterPdu = before;
        }
    }

    /// <summary>
    /// The PDU that began is complete: what was awaited before is awaited anew. The time that this side then takes, for its answer
    /// may not be taken by the peer, is no time of the PDU.
    /// </summary>
    public void EndPdu()
    {
        lock (_lock)
        {
            if (_afterPdu is { } before)
                Await(before.Awaited, before.Timeout);
        }
    }

    /// <summary>How long the peer may take over what is written at once.</summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.MaxValue;

    /// <summary>Begins to write; only one write at a time.</summary>
    public void BeginWrite() => Volatile.Write(ref _writingSince, Math.Max(1, _time.GetTimestamp()));

    /// <summary>What was written is taken.</summary>
    public void EndWrite() => Volatile.Write(ref _writingSince, 0);

    /// <summary>Something came: the time begins anew.</summary>
    public void Touch() => Volatile.Write(ref _since, _time.GetTimestamp());

    /// <summary>Stops the clock while this side is the one that works.</summary>
    public void Pause() => Interlocked.Increment(ref _paused);

    public void Resume()
    {
        Touch();
        Interlocked.Decrement(ref _paused);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _expired.Dispose();
    }

    private void Look()
    {
        lock (_lock)
        {
            TimeSpan next = _period;
            // Where both are over, the peer that does not take an answer is why nothing more is read from it.
            if (Volatile.Read(ref _writingSince) is > 0 and var writing)
            {
                TimeSpan left = WriteTimeout - _time.GetElapsedTime(writing);
                if (left <= TimeSpan.Zero)
                    Expired = $"the peer did not take what was sent to it within {WriteTimeout.TotalSeconds:0.###} s";
                else if (left < next)
                    next = left;
            }

            if (_timeout != Timeout.InfiniteTimeSpan && Volatile.Read(ref _paused) == 0)
            {
                TimeSpan left = _timeout - _time.GetElapsedTime(Volatile.Read(ref _since));
                if (left <= TimeSpan.Zero)
                    Expired ??= $"{_awaited} did not come within {_timeout.TotalSeconds:0.###} s";
                else if (left < next)
                    next = left;
            }

            if (Expired is null)
            {
                _timer.Change(next, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        try
        {
            _expired.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The connection ended by itself while the timer fired.
        }
    }
}
