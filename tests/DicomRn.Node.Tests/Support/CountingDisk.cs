using DicomRn.Node.Receiving.Log;

namespace DicomRn.Node.Tests.Support;

/// <summary>A disk that counts the syncs of its files, and holds them while the test wants it.</summary>
internal sealed class CountingDisk : ILogDisk
{
    private readonly SimulatedDisk _disk = new(new Random(1));
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _free = new(initialState: true);
    private int _syncs;

    public int Syncs => _syncs;

    public IReadOnlyList<string> Names => _disk.Names;

    public ILogFile Open(string name) => new CountingFile(this, _disk.Open(name));

    public ILogFile Create(string name, long length) => new CountingFile(this, _disk.Create(name, length));

    public void Delete(string name) => _disk.Delete(name);

    public void HoldSyncs() => _free.Reset();

    public void ReleaseSyncs() => _free.Set();

    public Task SyncBegunAsync() => _begun.Task;

    public void Dispose()
    {
        _disk.Dispose();
        _free.Dispose();
    }

    private sealed class CountingFile(CountingDisk disk, ILogFile file) : ILogFile
    {
        public long Length => file.Length;

        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset) => file.Write(buffers, offset);

        public void Read(Span<byte> bytes, long offset) => file.Read(bytes, offset);

        public void Sync()
        {
            Interlocked.Increment(ref disk._syncs);
            disk._begun.TrySetResult();
            disk._free.Wait(TestContext.Current.CancellationToken);
            file.Sync();
        }

        public void Dispose() => file.Dispose();
    }
}
