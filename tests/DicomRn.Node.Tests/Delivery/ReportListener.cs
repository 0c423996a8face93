using DicomRn.Node.Receiving;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Tests.Delivery;

/// <summary>The node's own SCP, as far as it takes reports of storage commitment.</summary>
internal sealed class ReportListener : IDisposable
{
    private readonly StorageEndpoint _endpoint;

    public ReportListener(Outbox outbox)
    {
        ReceivingOptions options = new();
        StorageScp scp = new(new KnownPeersPolicy(outbox.Node, options), new NoInstances(), NullLogger.Instance) { Reports = outbox.Reports };
        _endpoint = StorageEndpoint.Start("127.0.0.1", 0, scp, options, NullLogger.Instance);
    }

    public int Port => _endpoint.Port;

    public void Dispose() => _endpoint.Dispose();

    private sealed class NoInstances : IInstanceSink
    {
        public IncomingInstance BeginInstance(string transferSyntaxUid) => throw new NotSupportedException();

        public Task<DicomStatus> EndInstanceAsync(IncomingInstance incoming, InstanceIdentity identity, string callingAeTitle) =>
            throw new NotSupportedException();
    }
}
