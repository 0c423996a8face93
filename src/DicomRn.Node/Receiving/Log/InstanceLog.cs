using System.Threading.Channels;
using DicomRn.Node.Assembly;
using DicomRn.Node.State;

namespace DicomRn.Node.Receiving.Log;

/// <summary>
/// The write-ahead log of received instances: files of fixed length that are overwritten in place, for a sync of bytes that
/// have their blocks costs half of that of a new file. An instance is durable when its record is synced, and one sync serves
/// all that wait for it. <see cref="InstanceSettling"/> gives instances their place in the store and then frees the log of them;
/// after a crash it goes on with what is found when the log is opened.
/// </summary>
/// <remarks>
/// A record is written by one thread at a time, so that none lies behind a hole. Its sequence number is one more than that
/// of the record before it in the same file, so that records of an earlier use of the file do not count.
/// </remarks>
internal sealed class InstanceLog : IStudyArrivals, IDisposable
{
    /// <summary>Name of the folder of <see cref="Inbox"/> in that of the log.</summary>
    public const string InboxName = "inbox";

    // Numbers that were given before a crash, to records that did not outlive it, are not given again.
    private const long SequencesPerOpening = 1L << 32;

    private readonly Lock _lock = new();
    private readonly ILogDisk _disk;
    private readonly InstanceLogOptions _options;
    private readonly LogSegments _segments;
    private readonly SettledMark _mark;
    private readonly GroupCommit _commit;
    private readonly UnsettledInstances _unsettled = new();
    private readonly Queue<LogRecord> _pending = [];
    private readonly Channel<bool> _ready = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Channel<bool> _wanted = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private TaskCompletionSource _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _sequence;
    private Exception? _settlingFailure;
    private Exception? _creationFailure;
    private bool _isClosed;

    private InstanceLog(ILogDisk disk, string inbox, InstanceLogOptions options)
    {
        _disk = disk;
        _options = options;
        Inbox = inbox;
        _commit = new GroupCommit(EndSync);
        _mark = SettledMark.Open(disk);
        _segments = new LogSegments(disk, options);
        IReadOnlyList<LogRecord> records = _segments.Scan(_mark.Sequence);
        foreach (LogRecord record in records.Where(record => record.Sequence > _mark.Sequence))
        {
            _pending.Enqueue(record);
            _unsettled.Add(record);
        }

        long last = Math.Max(_mark.Sequence, records.Count == 0 ? 0 : records[^1].Sequence);
        _sequence = (last / SequencesPerOpening + 1) * SequencesPerOpening;
        if (_pending.Count > 0)
            _ready.Writer.TryWrite(true);
    }

    /// <inheritdoc/>
    public event Action? Settled;

    /// <summary>Instances too large for the log: while they arrive, and until they are settled.</summary>
    public string Inbox { get; }

    /// <summary>Why instances do not get their place in the store now; null while all is well.</summary>
    public Exception? SettlingFailure
    {
        get
        {
            lock (_lock)
                return _settlingFailure;
        }
    }

    /// <inheritdoc/>
    public bool AreAny => Count > 0;

    /// <summary>How many instances wait to be settled.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _pending.Count;
        }
    }

    /// <summary>The sequence number of the latest record.</summary>
    public long LastSequence
    {
        get
        {
            lock (_lock)
                return _sequence;
        }
    }

    /// <summary>When the oldest instance was received that waits to be settled; null where none does.</summary>
    public DateTimeOffset? OldestReceivedAt
    {
        get
        {
            lock (_lock)
                return _pending.TryPeek(out LogRecord? first) ? first.Instance.ReceivedAt : null;
        }
    }

    /// <summary>Whether half of the log waits to be settled.</summary>
    public bool IsHalfFull
    {
        get
        {
            lock (_lock)
                return _segments.IsHalfFull;
        }
    }

    /// <summary>Opens the log of a folder, or begins one.</summary>
    /// <exception cref="IOException">Another process has it, or it cannot be read or written.</exception>
    public static InstanceLog Open(string folder, InstanceLogOptions options)
    {
        LogFolder disk = new(folder);
        try
        {
            string inbox = Path.Combine(folder, InboxName);
            new DurableFolders().Ensure(inbox);
            InstanceLog log = Open(disk, inbox, options);
            log.EmptyInbox();
            return log;
        }
        catch
        {
            disk.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="Open(string, InstanceLogOptions)"/>
    public static InstanceLog Open(ILogDisk disk, string inbox, InstanceLogOptions options)
    {
        InstanceLog log = new(disk, inbox, options);
        if (log._segments.WantsAnother)
            log.CreateSegment();
        return log;
    }

    /// <summary>The latest record of an instance that is not settled; null for none.</summary>
    public LogRecord? FindUnsettled(string sopInstanceUid) => _unsettled.Find(sopInstanceUid);

    /// <inheritdoc/>
    public bool IsArriving(string studyInstanceUid) => _unsettled.HasStudy(studyInstanceUid);

    /// <summary>Whether the log takes an instance of this size, in bytes; a larger one is to be a file in <see cref="Inbox"/>.</summary>
    public bool Takes(long size) => LogRecordHeader.LengthOf(LogRecordHeader.LongestDescription, size) <= _options.SegmentSize;

    /// <summary>Writes an instance and returns when it is durable. Waits where the log is full.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="content">Its Part-10 file; empty where that is a <see cref="LoggedInstance.LargeFile"/>, which is durable.</param>
    /// <exception cref="IOException">It is not durable: the log cannot be written, or is full and cannot be emptied.</exception>
    public async ValueTask<LogRecord> AppendAsync(LoggedInstance instance, ReadOnlyMemory<byte> content)
    {
        if (content.Length != (instance.LargeFile is null ? instance.Size : 0))
            throw new ArgumentException($"{instance.Size} bytes are told and {content.Length} given.", nameof(content));
        byte[] description = instance.Encode();
        if (description.Length > LogRecordHeader.LongestDescription)
            throw new InvalidDataException("The instance's patient ID is longer than anything that may stand there.");
        byte[] head = new byte[LogRecordHeader.Length + description.Length];
        description.CopyTo(head, LogRecordHeader.Length);
        uint checksum = Crc32C.Of(content.Span);
        LogRecord record;
        while (true)
        {
            Task room;
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_isClosed, this);
                if (TryWrite(instance, head, content, checksum) is { } written)
                {
                    record = written;
                    break;
                }

                if ((_settlingFailure ?? (_pending.Count == 0 ? _creationFailure : null)) is { } failure)
                    throw new IOException($"The instance log is full and cannot be emptied: {failure.Message}", failure);
                room = _room.Task;
            }

            await room;
        }

        KillPoints.Reach(KillPoint.ReceivingLogWritten);
        await _commit.CommitAsync(record);
        KillPoints.Reach(KillPoint.ReceivingLogSynced);
        return record;
    }

    /// <summary>Reads the Part-10 file of a record that is not settled.</summary>
    /// <param name="record">The record; its instance is no <see cref="LoggedInstance.LargeFile"/>.</param>
    /// <param name="content">Where to; exactly its size.</param>
    /// <exception cref="IOException">It cannot be read, or is not what was written.</exception>
    public static void Read(LogRecord record, Span<byte> content)
    {
        record.Segment.File.Read(content, record.ContentOffset);
        if (Crc32C.Of(content) != record.ContentCrc)
            throw new IOException($"Record {record.Sequence} in {record.Segment.Name} of the instance log is damaged.");
    }

    /// <summary>Waits until there is something to settle.</summary>
    public ValueTask<bool> WaitForInstancesAsync(CancellationToken cancellationToken) => _ready.Reader.ReadAsync(cancellationToken);

    /// <summary>The next instances to be settled, in their order; they stay in the log.</summary>
    /// <param name="most">How many at most.</param>
    /// <param name="mostBytes">After so many bytes there are no more.</param>
    public IReadOnlyList<LogRecord> Next(int most, long mostBytes)
    {
        List<LogRecord> next = [];
        lock (_lock)
        {
            while (_pending.TryPeek(out LogRecord? first) && first.State == LogRecordState.Void)
                Release(_pending.Dequeue());
            foreach (LogRecord record in _pending)
            {
                if (record.State == LogRecordState.Appended || next.Count == most || mostBytes <= 0)
                    break;
                if (record.State == LogRecordState.Void)
                    continue;
                next.Add(record);
                mostBytes -= record.Instance.Size;
            }
        }

        return next;
    }

    /// <summary>Frees the log of instances from <see cref="Next"/>, which have their place in the store, durably.</summary>
    /// <exception cref="IOException">That cannot be noted durably: they stay, to be settled again.</exception>
    public void EndSettling(IReadOnlyList<LogRecord> settled)
    {
        long last = settled[^1].Sequence;
        _mark.Advance(last);
        KillPoints.Reach(KillPoint.ReceivingLogReleased);
        lock (_lock)
        {
            _settlingFailure = null;
            while (_pending.TryPeek(out LogRecord? first) && first.Sequence <= last)
                Release(_pending.Dequeue());
        }

        foreach (LogRecord record in settled)
            record.EndSettling();
        Settled?.Invoke();
    }

    /// <summary>Notes that instances cannot be settled: while that is so, nobody waits for room in the log.</summary>
    public void FailSettling(Exception failure)
    {
        lock (_lock)
        {
            _settlingFailure = failure;
            RingRoom();
        }
    }

    /// <summary>Creates files as they are needed, until it is cancelled.</summary>
    /// <param name="failed">Told when one cannot be created.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task PrepareAsync(Action<Exception> failed, CancellationToken cancellationToken)
    {
        await foreach (bool _ in _wanted.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                CreateSegment();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                lock (_lock)
                {
                    _creationFailure = e;
                    RingRoom();
                }

                failed(e);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            RingRoom();
        }

        _ready.Writer.TryComplete();
        _wanted.Writer.TryComplete();
        _segments.Dispose();
        _mark.Dispose();
        _disk.Dispose();
    }

    private LogRecord? TryWrite(LoggedInstance instance, byte[] head, ReadOnlyMemory<byte> content, uint checksum)
    {
        LogRecordHeader header = new(_sequence + 1, head.Length - LogRecordHeader.Length, checksum, content.Length);
        LogSegment? segment = _segments.Find(header.RecordLength);
        if (_segments.WantsAnother)
            _wanted.Writer.TryWrite(true);
        if (segment is null)
            return null;
        header.Write(head);
        LogRecord record = new(header.Sequence, instance, segment, segment.Tail + header.ContentOffset, checksum);
        try
        {
            int padding = (int)(header.RecordLength - head.Length - content.Length);
            segment.File.Write([head, content, Zeros.AsMemory(0, padding)], segment.Tail);
        }
        catch
        {
            segment.IsWorn = true;
            throw;
        }

        segment.Tail += header.RecordLength;
        segment.Unsettled++;
        _sequence = header.Sequence;
        _pending.Enqueue(record);
        _unsettled.Add(record);
        return record;
    }

    private static byte[] Zeros { get; } = new byte[LogRecordHeader.Alignment];

    private void EndSync(LogSegment segment, IReadOnlyList<LogRecord> records, Exception? failure)
    {
        lock (_lock)
        {
            foreach (LogRecord record in records)
            {
                record.State = failure is null ? LogRecordState.Synced : LogRecordState.Void;
                if (failure is not null)
                    _unsettled.Remove(record);
            }
        }

        _ready.Writer.TryWrite(true);
    }

    // Under the lock.
    private void Release(LogRecord record)
    {
        if (record.State != LogRecordState.Void)
            _unsettled.Remove(record);
        if (_segments.Release(record.Segment))
            RingRoom();
    }

    private void RingRoom()
    {
        _room.TrySetResult();
        _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private void CreateSegment()
    {
        string name;
        lock (_lock)
        {
            if (!_segments.WantsAnother || _isClosed)
                return;
            name = _segments.NextName();
        }

        ILogFile file = _disk.Create(name, _options.SegmentSize);
        lock (_lock)
        {
            _segments.Add(new LogSegment(name, file));
            _creationFailure = null;
            RingRoom();
        }
    }

    private void EmptyInbox()
    {
        HashSet<string?> held = [.. _pending.Select(record => record.Instance.LargeFile)];
        foreach (string file in Directory.EnumerateFiles(Inbox))
            if (!held.Contains(Path.GetFileName(file)))
                File.Delete(file);
    }
}
