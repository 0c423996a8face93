using System.Globalization;

namespace DicomRn.Node.Receiving.Log;

/// <summary>The files of the log: the one that is written to, those that are full, and those that are free. Guarded by the log's lock.</summary>
internal sealed class LogSegments(ILogDisk disk, InstanceLogOptions options) : IDisposable
{
    /// <summary>What the names of the files begin with.</summary>
    public const string Prefix = "segment-";

    private readonly List<LogSegment> _all = [];
    private readonly Queue<LogSegment> _free = [];
    private LogSegment? _active;
    private int _lastNumber;

    /// <summary>Whether a further file is wanted, before the active one is full.</summary>
    public bool WantsAnother => _free.Count == 0 && _all.Count < options.Segments;

    /// <summary>Whether half of what the log may hold waits to be settled.</summary>
    public bool IsHalfFull => _all.Count(segment => segment.Unsettled > 0) * 2 > options.Segments;

    /// <summary>Opens the files that are there and reads their records.</summary>
    /// <param name="settled">See <see cref="LogScan.Read"/>.</param>
    /// <returns>All records found, in their order.</returns>
    public IReadOnlyList<LogRecord> Scan(long settled)
    {
        List<LogRecord> records = [];
        foreach (string name in disk.Names.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            LogSegment segment = new(name, disk.Open(name));
            _all.Add(segment);
            if (int.TryParse(name.AsSpan(Prefix.Length), CultureInfo.InvariantCulture, out int number))
                _lastNumber = Math.Max(_lastNumber, number);
            // Of another length by the settings, or only half created: read, but not used again.
            segment.IsWorn = segment.File.Length != options.SegmentSize;
            List<LogRecord> found = [.. LogScan.Read(segment, settled)];
            segment.Unsettled = found.Count(record => record.Sequence > settled);
            records.AddRange(found);
        }

        foreach (LogSegment segment in _all.Where(segment => segment.Unsettled == 0).ToList())
            Recycle(segment);
        records.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
        return records;
    }

    /// <summary>The file that takes a record of this length; null when there is none, for the time being.</summary>
    public LogSegment? Find(long length)
    {
        if (_active is { } active)
        {
            if (!active.IsWorn && !active.IsDoubtful && active.File.Length - active.Tail >= length)
                return active;
            _active = null;
            if (active.Unsettled == 0)
                Recycle(active);
        }

        if (_free.TryDequeue(out LogSegment? next))
            _active = next;
        return _active;
    }

    /// <summary>A record of the segment is settled or void.</summary>
    /// <returns>Whether the segment can be written to again, or another be created.</returns>
    public bool Release(LogSegment segment)
    {
        segment.Unsettled--;
        if (segment.Unsettled > 0 || segment == _active)
            return false;
        Recycle(segment);
        return true;
    }

    /// <summary>The name of the next file to be created.</summary>
    public string NextName() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{++_lastNumber:D6}");

    /// <summary>Adds a file that was created.</summary>
    public void Add(LogSegment segment)
    {
        _all.Add(segment);
        _free.Enqueue(segment);
    }

    public void Dispose()
    {
        foreach (LogSegment segment in _all)
            segment.File.Dispose();
    }

    private void Recycle(LogSegment segment)
    {
        if (segment.IsWorn || segment.IsDoubtful)
        {
            _all.Remove(segment);
            segment.File.Dispose();
            try
            {
                disk.Delete(segment.Name);
            }
            catch (IOException)
            {
                // Its records are settled; the next opening meets it again.
            }

            return;
        }

        segment.Tail = 0;
        _free.Enqueue(segment);
    }
}
