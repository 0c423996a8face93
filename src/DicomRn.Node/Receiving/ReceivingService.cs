using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Tls;
using DicomRn.Node.Delivery;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Receiving;

/// <summary>Lets the node listen from the time everything else runs until it ends.</summary>
internal sealed class ReceivingService(
    NodeOptions node, ReceivingOptions options, InstanceStore sink, NodeTls tls, CommitmentReports reports, AssociationFeed associations,
    TimeProvider timeProvider, ILoggerFactory loggers) : IHostedService, IDisposable
{
    private StorageEndpoint? _plain;
    private StorageEndpoint? _secured;

    /// <summary>The port the node listens on: without TLS, if it does, else the secured one.</summary>
    /// <exception cref="InvalidOperationException">It does not listen.</exception>
    public int Port => (_plain ?? _secured)?.Port ?? throw new InvalidOperationException("The node does not listen.");

    /// <summary>Whether it listens now.</summary>
    public bool IsListening => _plain is not null || _secured is not null;

    /// <summary>The port the node listens on with TLS; null where it has none.</summary>
    public int? SecuredPort => _secured?.Port;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        PoolThreads.Reserve(options.MaximumAssociations);
        ILogger logger = loggers.CreateLogger("DicomRn.Node.Receiving");
        StorageScp scp = new(new KnownPeersPolicy(node, options, tls), sink, logger)
        {
            Reports = reports,
            Associations = associations,
            TimeProvider = timeProvider,
        };
        if (node.Tls.Port is { } port)
        {
            _secured = StorageEndpoint.Start(node.BindAddress, port, scp, options, logger, tls.CreateAcceptor());
            ReceivingLog.ListeningSecured(logger, node.AeTitle, node.BindAddress, _secured.Port);
        }

        if (node.ListensPlain)
        {
            _plain = StorageEndpoint.Start(node.BindAddress, node.Port, scp, options, logger);
            ReceivingLog.Listening(logger, node.AeTitle, node.BindAddress, _plain.Port);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        Interlocked.Exchange(ref _plain, null)?.Dispose();
        Interlocked.Exchange(ref _secured, null)?.Dispose();
    }
}
