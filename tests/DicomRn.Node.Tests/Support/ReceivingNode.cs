using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Tls;
using DicomRn.Node.Assembly;
using DicomRn.Node.Receiving;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Tests.Support;

/// <summary>The receiving half of a node, listening on 127.0.0.1, and a modality that sends to it.</summary>
internal sealed class ReceivingNode : IAsyncDisposable
{
    private readonly StorageEndpoint _endpoint;

    private ReceivingNode(TestStore store, StorageEndpoint endpoint)
    {
        Store = store;
        _endpoint = endpoint;
    }

    public TestStore Store { get; }

    public int Port => _endpoint.Port;

    /// <param name="folder">Its data directory.</param>
    /// <param name="node">Whom it knows, and how its port is secured: with a certificate it is.</param>
    /// <param name="options">Its limits.</param>
    /// <param name="log">Where its log goes.</param>
    public static async Task<ReceivingNode> StartAsync(
        NodeFolder folder, NodeOptions? node = null, ReceivingOptions? options = null, LogLines? log = null)
    {
        node ??= new NodeOptions { Peers = { ["MR1"] = new PeerOptions { AeTitle = "MODALITY", Host = "127.0.0.1" } } };
        options ??= new ReceivingOptions();
        TestStore store = await TestStore.OpenAsync(folder);
        InstanceStore sink = new(
            store.Store, folder.Folders, new OwnResults(store.Store), options, new AssemblyOptions(), store.Clock,
            NullLogger<InstanceStore>.Instance);
        log ??= new LogLines();
        NodeTls tls = new(node, TimeProvider.System, log);
        StorageScp scp = new(new KnownPeersPolicy(node, options, tls), sink, log);
        return new ReceivingNode(store, StorageEndpoint.Start(
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
        await Store.DisposeAsync();
    }
}
