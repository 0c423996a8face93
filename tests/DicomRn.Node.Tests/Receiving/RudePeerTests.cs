using DicomRn.Node.Receiving;
using DicomRn.Node.Tests.Support;
using DicomRn.TestSupport;

namespace DicomRn.Node.Tests.Receiving;

/// <summary>After every peer of <see cref="RudePeers"/> the node's own endpoints serve the next one, and nothing partial is left.</summary>
public sealed class RudePeerTests : IDisposable
{
    private readonly NodeFolder _folder = new();

    public static TheoryData<string> Names => [.. RudePeers.Names];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Receiving_end_of_the_node_outlives_them_all()
    {
        // One place, so that the next association is accepted only when the peer before is done with; little memory, so that files are begun.
        await using ReceivingNode node = await ReceivingNode.StartAsync(
            _folder, options: new ReceivingOptions { MaximumAssociations = 1, MemoryPerInstance = 0 });
        foreach (string name in RudePeers.Names)
        {
            await RudePeers.CallAsync(name, node.Port, Token);
            await EchoAsync(node.Port);
            Assert.False(Directory.EnumerateFiles(node.Log.Inbox).Any(), name);
            Assert.False(Directory.Exists(_folder.Folders.Instances), name);
        }

        Assert.Equal(DicomStatus.Success, await WhenThereIsAPlaceAsync(() => node.SendAsync(Instances.Mr("1.2.9"))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Plain_receiver_outlives_it(string name)
    {
        using FolderReceiver receiver = FolderReceiver.Start(new FolderReceiverSettings { Folder = _folder.Path, BindAddress = "127.0.0.1", Sync = ReceiveDurability.None });
        await RudePeers.CallAsync(name, receiver.Port, Token);
        await EchoAsync(receiver.Port);
        if (!name.EndsWith("inside a data set", StringComparison.Ordinal))
            Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    private static async Task EchoAsync(int port) => Assert.Equal(DicomStatus.Success, await WhenThereIsAPlaceAsync(async () =>
    {
        DicomStatus? status = null;
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", port, false, "MODALITY", "DICOMRN");
        client.ClientOptions.AssociationLingerTimeoutInMs = 0;
        await client.AddRequestAsync(new DicomCEchoRequest { OnResponseReceived = (_, response) => status = response.Status });
        await client.SendAsync(Token);
        return status;
    }));

    private static async Task<T> WhenThereIsAPlaceAsync<T>(Func<Task<T>> associate)
    {
        while (true)
        {
            try
            {
                return await associate();
            }
            catch (DicomAssociationRejectedException e) when (e.RejectReason == DicomRejectReason.LocalLimitExceeded)
            {
                // The peer before has its place until all that it left is cleared away.
                await Task.Yield();
            }
        }
    }
}
