using DicomRn.Node.Administration.Tls;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Receiving;

/// <summary>
/// A plain storage SCP: whoever calls may store, in any storage class; every instance becomes
/// <c>SOP Instance UID.dcm</c> in one folder.
/// </summary>
public sealed class FolderReceiver : IDisposable, IAsyncDisposable
{
    private readonly StorageEndpoint _endpoint;
    private readonly FolderLog? _log;

    private FolderReceiver(StorageEndpoint endpoint, FolderLog? log)
    {
        _endpoint = endpoint;
        _log = log;
    }

    /// <summary>The port it listens on.</summary>
    public int Port => _endpoint.Port;

    /// <summary>Starts to listen.</summary>
    /// <param name="settings">Where, for whom, and how durable.</param>
    /// <param name="received">Told the path of each file when it is complete; may be called by several threads at once.</param>
    /// <param name="loggers">Where logs go; null for nowhere.</param>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    /// <exception cref="CertificateException">A certificate, key or list of authorities cannot be used.</exception>
    /// <exception cref="DicomNetworkException">The port cannot be had.</exception>
    public static FolderReceiver Start(FolderReceiverSettings settings, Action<string>? received = null, ILoggerFactory? loggers = null)
    {
        Directory.CreateDirectory(settings.Folder);
        ILogger logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger("DicomRn.Node.Receiving");
        ReceivingOptions options = new();
        PoolThreads.Reserve(options.MaximumAssociations);
        received ??= _ => { };
        string folder = Path.GetFullPath(settings.Folder);
        FolderLog? log = settings.Sync == ReceiveDurability.Log
            ? FolderLog.Open(folder, received, loggers ?? NullLoggerFactory.Instance)
            : null;
        IInstanceSink sink = log is not null
            ? new LoggedFolderSink(log.Log, options.MemoryPerInstance, TimeProvider.System, logger)
            : new FolderSink(folder, settings.Sync == ReceiveDurability.File, received, logger);
        StorageScp scp = new(new AnyonePolicy(settings.AeTitle), sink, logger);
        ITlsAcceptor? tls = settings.Tls is { } secured
            ? SecuredConnections.CreateAcceptor(secured, loggers ?? NullLoggerFactory.Instance)
            : null;
        return new FolderReceiver(StorageEndpoint.Start(settings.BindAddress, settings.Port, scp, options, logger, tls), log);
    }

    /// <summary>Stops listening. With a log, <see cref="DisposeAsync"/> waits for its instances to become files; here they are left in it.</summary>
    public void Dispose() => _endpoint.Dispose();

    /// <summary>Stops listening, and returns when every instance is a file.</summary>
    public async ValueTask DisposeAsync()
    {
        _endpoint.Dispose();
        if (_log is not null)
            await _log.DisposeAsync();
    }
}
