using DicomRn.Node.Receiving;
using DicomRn.Node.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Tests.Receiving;

public sealed class OperationsWindowTests : IDisposable
{
    private readonly NodeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Instances_that_arrive_while_earlier_ones_are_stored_are_kept_apart()
    {
        GatheringSink sink = new(_folder.Path, atOnce: 3);
        using StorageEndpoint endpoint = StorageEndpoint.Start(
            "127.0.0.1", 0, new StorageScp(new AnyonePolicy(null), sink, NullLogger.Instance),
            new ReceivingOptions { OperationsAtOnce = 3, MemoryPerInstance = 0 }, NullLogger.Instance);
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", endpoint.Port, false, "MODALITY", "DICOMRN");
        client.NegotiateAsyncOps(8, 1);
        List<DicomStatus> statuses = [];
        for (int i = 1; i <= 6; i++)
        {
            // Some wait in memory, some go to a temporary file.
            DicomFile file = Instances.Mr($"1.2.{i}", pixelBytes: i % 2 == 0 ? 200_000 : 100);
            await client.AddRequestAsync(new DicomCStoreRequest(file) { OnResponseReceived = (_, r) => statuses.Add(r.Status) });
        }

        await client.SendAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Repeat(DicomStatus.Success, 6), statuses);
        Assert.Equal(3, sink.MostAtOnce);
        for (int i = 1; i <= 6; i++)
        {
            DicomFile stored = await DicomFile.OpenAsync(Path.Combine(_folder.Path, $"1.2.{i}.dcm"));
            Assert.Equal($"1.2.{i}", stored.Dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID));
        }

        Assert.Empty(Directory.GetFiles(_folder.Path, "*.part"));
    }

    [Fact]
    public async Task One_after_the_other_is_the_default()
    {
        await using ReceivingNode node = await ReceivingNode.StartAsync(_folder);
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", node.Port, false, "MODALITY", "DICOMRN");
        client.NegotiateAsyncOps(8, 8);
        int invoked = 0;
        client.AssociationAccepted += (_, e) => invoked = e.Association.MaxAsyncOpsInvoked;
        await client.AddRequestAsync(new DicomCEchoRequest());
        await client.SendAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, invoked);
    }

    /// <summary>Stores nothing before so many instances are there at once.</summary>
    private sealed class GatheringSink(string folder, int atOnce) : IInstanceSink
    {
        private readonly FolderSink _inner = new(folder, false, _ => { }, NullLogger.Instance);
        private readonly TaskCompletionSource _there = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _now;
        private int _most;

        public int MostAtOnce => _most;

        public IncomingInstance BeginInstance(string transferSyntaxUid) => _inner.BeginInstance(transferSyntaxUid);

        public async Task<DicomStatus> EndInstanceAsync(IncomingInstance incoming, InstanceIdentity identity, string callingAeTitle)
        {
            lock (_there)
            {
                _most = Math.Max(_most, ++_now);
                if (_now == atOnce)
                    _there.TrySetResult();
            }

            await _there.Task;
            DicomStatus status = await _inner.EndInstanceAsync(incoming, identity, callingAeTitle);
            lock (_there)
                _now--;
            return status;
        }
    }
}
