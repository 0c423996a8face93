using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Tls;
using DicomRn.Node.Assembly;
using DicomRn.Node.Receiving;
using DicomRn.Node.Receiving.Log;
using DicomRn.Node.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Tests.Support;

/// <summary>The receiving half of a node, listening on 127.0.0.1, and a modality that sends to it.</summary>
internal sealed class ReceivingNode : IAsyncDisposable
{
    private readonly StorageEndpoint _endpoint;
    private readonly bool _ownsStore;
    private readonly InstanceSettling _settling;
    private readonly StoreSettlement _settlement;

    private ReceivingNode(
        TestStore store, bool ownsStore, InstanceLog log, StoreSettlement settlement, InstanceSettling settling, StorageEndpoint endpoint)
    {
        Store = store;
        _ownsStore = ownsStore;
        Log = log;
        _settlement = settlement;
        _settling = settling;
        _endpoint = endpoint;
    }

    /// <summary>A small log whose instances settle at once.</summary>
    public static InstanceLogOptions SmallLog => new() { SegmentSize = 1 << 20, Segments = 3, SettleDelay = TimeSpan.Zero };

    public TestStore Store { get; }

    public InstanceLog Log { get; }

    public int Port => _endpoint.Port;

    /// <param name="folder">Its data directory.</param>
    /// <param name="node">Whom it knows, and how its port is secured: with a certificate it is.</param>
    /// <param name="options">Its limits.</param>
    /// <param name="log">Where its log goes.</param>
    /// <param name="instances">Its instance log; <see cref="SmallLog"/> where null.</param>
    /// <param name="disk">What its instance log lies on; its folder where null.</param>
    /// <param name="settle">Takes the place of its settlement, which it is given.</param>
    public static async Task<ReceivingNode> StartAsync(
        NodeFolder folder, NodeOptions? node = null, ReceivingOptions? options = null, LogLines? log = null,
        InstanceLogOptions? instances = null, ILogDisk? disk = null, Func<ISettlement, ISettlement>? settle = null) =>
        await StartAsync(await TestStore.OpenAsync(folder), folder.Folders, node, options, log, instances, disk, settle);

    /// <summary>One of several nodes on a store that they share.</summary>
    /// <param name="store">Its store, which stays open when the node ends.</param>
    /// <param name="folders">The shared data directory and its own folder.</param>
    public static Task<ReceivingNode> StartSharedAsync(TestStore store, DataFolders folders) =>
        StartAsync(store, folders, null, null, null, null);

    private static async Task<ReceivingNode> StartAsync(
        TestStore store, DataFolders folders, NodeOptions? node, ReceivingOptions? options, LogLines? log, InstanceLogOptions? instances,
        ILogDisk? disk = null, Func<ISettlement, ISettlement>? settle = null)
    {
        node ??= new NodeOptions { Peers = { ["MR1"] = new PeerOptions { AeTitle = "MODALITY", Host = "127.0.0.1" } } };
        options ??= new ReceivingOptions();
        options.Log = instances ?? SmallLog;
        log ??= new LogLines();
        Directory.CreateDirectory(Path.Combine(folders.InstanceLog, InstanceLog.InboxName));
        InstanceLog instanceLog = disk is null
            ? InstanceLog.Open(folders.InstanceLog, options.Log)
            : InstanceLog.Open(disk, Path.Combine(folders.InstanceLog, InstanceLog.InboxName), options.Log);
        StoreSettlement settlement = new(
            store.Store, folders, new OwnResults(store.Store), new AssemblyOptions(), NullLogger<StoreSettlement>.Instance);
        InstanceSettling settling = new(
            instanceLog, settle?.Invoke(settlement) ?? settlement, options.Log, TimeProvider.System, new Logger<InstanceSettling>(log));
        await settling.StartAsync(TestContext.Current.CancellationToken);
        InstanceStore sink = new(
            instanceLog, settling, store.Store, folders,
            new DiskReserve(folders, options.DiskReserve, TimeProvider.System, NullLogger<DiskReserve>.Instance),
            options, store.Clock, NullLogger<InstanceStore>.Instance);
        NodeTls tls = new(node, TimeProvider.System, log);
        StorageScp scp = new(new KnownPeersPolicy(node, options, tls), sink, log);
        return new ReceivingNode(store, !folders.IsShared, instanceLog, settlement, settling, StorageEndpoint.Start(
            "127.0.0.1", 0, scp, options, log, node.Tls.Certificate is null ? null : tls.CreateAcceptor()));
    }

    /// <summary>Sends one instance and returns the status it was answered with.</summary>
    public async Task<DicomStatus> SendAsync(
        DicomCStoreRequest request, string calling = "MODALITY", string called = "DICOMRN", ITlsInitiator? tls = null)
    {
        DicomStatus? status = null;
        request.OnResponseReceived = (_, response) => status = response.Status;
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", Port, tls, calling, called);
        await client.AddRequestAsync(request);
        await client.SendAsync(TestContext.Current.CancellationToken);
        return status ?? throw new InvalidOperationException("There was no answer.");
    }

    public Task<DicomStatus> SendAsync(DicomFile file) => SendAsync(new DicomCStoreRequest(file));

    /// <summary>Waits until every instance has its place in the store.</summary>
    public Task SettledAsync() => Log.SettledAsync();

    public async ValueTask DisposeAsync()
    {
        _endpoint.Dispose();
        await _settling.StopAsync(CancellationToken.None);
        _settling.Dispose();
        _settlement.Dispose();
        Log.Dispose();
        if (_ownsStore)
            await Store.DisposeAsync();
    }
}
