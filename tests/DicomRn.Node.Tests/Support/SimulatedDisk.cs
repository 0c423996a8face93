using DicomRn.Node.Receiving.Log;

namespace DicomRn.Node.Tests.Support;

/// <summary>
/// A disk whose power can be cut: what was synced stays; of what was written since, each sector is there or not, in any order.
/// A sync that fails leaves sectors unwritten that the system takes for clean, as Linux does.
/// </summary>
internal sealed class SimulatedDisk(Random random, int powerLastsFor = int.MaxValue) : ILogDisk
{
    private const int Sector = 512;
    private readonly Dictionary<string, SimulatedFile> _files = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _powerGone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _operations;

    /// <summary>Ends when the power goes.</summary>
    public Task PowerGone => _powerGone.Task;

    /// <summary>How writes end, if they fail.</summary>
    public Exception? WriteFailure { get; set; }

    /// <summary>Whether syncs fail.</summary>
    public bool FailsSyncs { get; set; }

    /// <summary>Whether files can be created.</summary>
    public bool IsFull { get; set; }

    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_lock)
                return [.. _files.Keys];
        }
    }

    public ILogFile Open(string name)
    {
        lock (_lock)
            return _files[name];
    }

    public ILogFile Create(string name, long length)
    {
        lock (_lock)
        {
            Operate();
            if (IsFull)
                throw new IOException("There is no space.");
            return _files[name] = new SimulatedFile(this, (int)length);
        }
    }

    public void Delete(string name)
    {
        lock (_lock)
            _files.Remove(name);
    }

    public void Dispose()
    {
    }

    /// <summary>The disk after a power cut. This one cannot be used any more.</summary>
    public SimulatedDisk CutPower(int powerLastsFor = int.MaxValue)
    {
        lock (_lock)
        {
            _operations = int.MaxValue;
            SimulatedDisk after = new(random, powerLastsFor);
            foreach ((string name, SimulatedFile file) in _files)
                after._files[name] = file.AfterPowerCut(after);
            return after;
        }
    }

    private bool Operate()
    {
        if (_operations >= powerLastsFor || _operations == int.MaxValue)
            throw new IOException("There is no power.");
        bool isLast = ++_operations == powerLastsFor;
        if (isLast)
            _powerGone.TrySetResult();
        return isLast;
    }

    private sealed class SimulatedFile(SimulatedDisk disk, int length) : ILogFile
    {
        private readonly byte[] _seen = new byte[length];
        private readonly byte[] _durable = new byte[length];
        private readonly HashSet<int> _dirty = [];

        public long Length => length;

        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset)
        {
            lock (disk._lock)
            {
                bool isLast = disk.Operate();
                if (disk.WriteFailure is { } failure)
                    throw failure;
                int at = (int)offset;
                foreach (ReadOnlyMemory<byte> buffer in buffers)
                {
                    buffer.CopyTo(_seen.AsMemory(at));
                    for (int sector = at / Sector; sector * Sector < at + buffer.Length; sector++)
                        _dirty.Add(sector);
                    at += buffer.Length;
                }

                if (isLast)
                    throw new IOException("The power went.");
            }
        }

        public void Read(Span<byte> bytes, long offset)
        {
            lock (disk._lock)
                _seen.AsSpan((int)offset, bytes.Length).CopyTo(bytes);
        }

        public void Sync()
        {
            lock (disk._lock)
            {
                bool isLast = disk.Operate();
                if (isLast || disk.FailsSyncs)
                {
                    Lose(_durable);
                    _dirty.Clear();
                    throw new IOException("Input/output error.");
                }

                foreach (int sector in _dirty)
                    CopySector(sector, _durable);
                _dirty.Clear();
            }
        }

        public SimulatedFile AfterPowerCut(SimulatedDisk after)
        {
            SimulatedFile file = new(after, length);
            _durable.CopyTo(file._durable, 0);
            Lose(file._durable);
            file._durable.CopyTo(file._seen, 0);
            return file;
        }

        public void Dispose()
        {
        }

        private void Lose(byte[] durable)
        {
            foreach (int sector in _dirty)
                if (disk.RandomBit())
                    CopySector(sector, durable);
        }

        private void CopySector(int sector, byte[] durable)
        {
            int at = sector * Sector;
            _seen.AsSpan(at, Math.Min(Sector, length - at)).CopyTo(durable.AsSpan(at));
        }
    }

    private bool RandomBit() => random.Next(2) == 0;
}
