using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Tls;
using DicomRn.Node.Assembly;
using DicomRn.Node.Receiving;
using DicomRn.Node.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Tests.Support;

/// <summary>The receiving half of a node, listening on 127.0.0.1, and a modality that sends to it.</summary>
internal sealed class ReceivingNode : IAsyncDisposable
{
    private readonly StorageEndpoint _endpoint;
    private readonly bool _ownsStore;

    private ReceivingNode(TestStore store, bool ownsStore, StorageEndpoint endpoint)
    {
        Store = store;
        _ownsStore = ownsStore;
        _endpoint = endpoint;
    }

    public TestStore Store { get; }

    public int Port => _endpoint.Port;

    /// <param name="folder">Its data directory.</param>
    /// <param name="node">Whom it knows, and how its port is secured: with a certificate it is.</param>
    /// <param name="options">Its limits.</param>
    /// <param name="log">Where its log goes.</param>
    public static async Task<ReceivingNode> StartAsync(
        NodeFolder folder, NodeOptions? node = null, ReceivingOptions? options = null, LogLines? log = null) =>
        Start(await TestStore.OpenAsync(folder), folder.Folders, node, options, log);

    /// <summary>One of several nodes on a store that they share.</summary>
    /// <param name="store">Its store, which stays open when the node ends.</param>
    /// <param name="folders">The shared data directory and its own folder.</param>
    public static ReceivingNode StartShared(TestStore store, DataFolders folders) => Start(store, folders, null, null, null);

    private static ReceivingNode Start(
        TestStore store, DataFolders folders, NodeOptions? node, ReceivingOptions? options, LogLines? log)
    {
        node ??= new NodeOptions { Peers = { ["MR1"] = new PeerOptions { AeTitle = "MODALITY", Host = "127.0.0.1" } } };
        options ??= new ReceivingOptions();
        InstanceStore sink = new(
            store.Store, folders, new OwnResults(store.Store), options, new AssemblyOptions(), store.Clock,
            NullLogger<InstanceStore>.Instance);
        log ??= new LogLines();
        NodeTls tls = new(node, TimeProvider.System, log);
        StorageScp scp = new(new KnownPeersPolicy(node, options, tls), sink, log);
        return new ReceivingNode(store, !folders.IsShared, StorageEndpoint.Start(
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

    public async ValueTask DisposeAsync()
    {
        _endpoint.Dispose();
        if (_ownsStore)
            await Store.DisposeAsync();
    }
}
