using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using DicomRn.Node.Administration;
using DicomRn.Node.Delivery;
using DicomRn.Node.Receiving;

namespace DicomRn.Benchmarks.Micro;

/// <summary>200 MR images of 256 × 256 from our C-STORE SCU to our storage SCP on one association, in one process.</summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001", Justification = "Disposed in the global clean-up, which is how BenchmarkDotNet ends a benchmark.")]
public class ReceiveSeries
{
    private const int Count = 200;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"dicomrn-benchmark-{Environment.ProcessId}");

    private IReadOnlyList<string> _files = [];
    private FolderReceiver _receiver = null!;
    private InstanceSender _sender = null!;

    /// <summary>Whether file and name are durable before an instance is acknowledged.</summary>
    [Params(false, true)]
    public bool Sync { get; set; }

    [GlobalSetup]
    public void StartReceiver()
    {
        _files = MrInstance.WriteSeries(Path.Combine(_folder, "series"), Count);
        _receiver = FolderReceiver.Start(new FolderReceiverSettings
        {
            Folder = Path.Combine(_folder, "received"),
            BindAddress = "127.0.0.1",
            Sync = Sync ? ReceiveDurability.File : ReceiveDurability.None,
        });
        _sender = new InstanceSender(new PeerCall
        {
            Host = "127.0.0.1",
            Port = _receiver.Port,
            CalledAeTitle = "ANY-SCP",
            CallingAeTitle = "BENCHMARK",
        });
    }

    [GlobalCleanup]
    public void StopReceiver()
    {
        _receiver.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public async Task<int> Receive()
    {
        IReadOnlyList<SentInstance> sent = await _sender.SendAsync(_files, null, CancellationToken.None);
        int stored = sent.Count(instance => instance.IsStored);
        return stored == Count ? stored : throw new InvalidOperationException($"{stored} of {Count} instances were stored.");
    }
}
