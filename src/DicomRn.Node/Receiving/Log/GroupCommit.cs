namespace DicomRn.Node.Receiving.Log;

/// <summary>
/// Syncs records, one sync at a time: those that are appended while it runs wait for the next one, which then serves them
/// all. Whoever comes when none runs does it on its own thread, and hands over to one of those that wait.
/// </summary>
/// <param name="ended">Told how the sync of a segment ended for its records, before anybody else is.</param>
internal sealed class GroupCommit(Action<LogSegment, IReadOnlyList<LogRecord>, Exception?> ended)
{
    private readonly Lock _lock = new();
    private List<Waiting> _waiting = [];
    private bool _isSyncing;

    /// <summary>Returns when the record is durable. It has been appended.</summary>
    /// <exception cref="IOException">It is not.</exception>
    public async ValueTask CommitAsync(LogRecord record)
    {
        Waiting? mine = null;
        lock (_lock)
        {
            if (_isSyncing)
                _waiting.Add(mine = new Waiting(record));
            else
                _isSyncing = true;
        }

        if (mine is null || await mine.Turn.Task)
            Lead(record);
    }

    private void Lead(LogRecord mine)
    {
        List<Waiting> group;
        lock (_lock)
        {
            group = _waiting;
            _waiting = [];
        }

        Dictionary<LogSegment, Exception?> outcomes = [];
        foreach (IGrouping<LogSegment, LogRecord> records in group.Select(w => w.Record).Append(mine).GroupBy(record => record.Segment))
        {
            Exception? failure = Sync(records.Key);
            ended(records.Key, [.. records], failure);
            outcomes[records.Key] = failure;
        }

        HandOver();
        foreach (Waiting waiting in group)
        {
            if (outcomes[waiting.Record.Segment] is { } failure)
                waiting.Turn.TrySetException(Failed(failure));
            else
                waiting.Turn.TrySetResult(false);
        }

        if (outcomes[mine.Segment] is { } own)
            throw Failed(own);
    }

    private static Exception? Sync(LogSegment segment)
    {
        if (segment.IsDoubtful)
            return new IOException("An earlier sync of this file failed.");
        try
        {
            segment.File.Sync();
            return null;
        }
        catch (Exception e)
        {
            segment.IsDoubtful = true;
            return e;
        }
    }

    private void HandOver()
    {
        Waiting? next = null;
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                _isSyncing = false;
            }
            else
            {
                next = _waiting[0];
                _waiting.RemoveAt(0);
            }
        }

        next?.Turn.TrySetResult(true);
    }

    private static IOException Failed(Exception reason) => new($"The instance log cannot be synced: {reason.Message}", reason);

    /// <summary>A record that waits. Its turn is true when it is to sync itself and those that wait with it.</summary>
    private sealed class Waiting(LogRecord record)
    {
        public LogRecord Record => record;

        public TaskCompletionSource<bool> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
