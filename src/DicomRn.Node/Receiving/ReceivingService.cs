using DicomRn.Node.Administration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Receiving;

/// <summary>Lets the node listen from the time everything else runs until it ends.</summary>
internal sealed class ReceivingService(
    NodeOptions node, ReceivingOptions options, InstanceStore sink, ILoggerFactory loggers) : IHostedService, IDisposable
{
    private StorageEndpoint? _endpoint;

    /// <summary>The port the node listens on.</summary>
    /// <exception cref="InvalidOperationException">It does not listen.</exception>
    public int Port => _endpoint?.Port ?? throw new InvalidOperationException("The node does not listen.");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        PoolThreads.Reserve(options.MaximumAssociations);
        ILogger logger = loggers.CreateLogger("DicomRn.Node.Receiving");
        _endpoint = StorageEndpoint.Start(
            node.BindAddress, node.Port, new StorageScp(new KnownPeersPolicy(node), sink, logger), options, logger);
        ReceivingLog.Listening(logger, node.AeTitle, node.BindAddress, Port);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => Interlocked.Exchange(ref _endpoint, null)?.Dispose();
}
