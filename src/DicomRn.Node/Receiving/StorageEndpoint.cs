using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Receiving;

/// <summary>A listening storage SCP.</summary>
internal sealed class StorageEndpoint : IDisposable
{
    private readonly IDicomServer _server;

    private StorageEndpoint(IDicomServer server) => _server = server;

    /// <summary>The port it listens on.</summary>
    public int Port => _server.Port;

    /// <summary>Starts to listen.</summary>
    /// <param name="address">An IP address of this machine.</param>
    /// <param name="port">A port; 0 takes a free one.</param>
    /// <param name="scp">What its associations work with.</param>
    /// <param name="options">Its limits.</param>
    /// <param name="logger">For the stack's own messages.</param>
    /// <param name="tls">Secures the connections; null for plain ones.</param>
    /// <exception cref="DicomNetworkException">The address or port cannot be had.</exception>
    public static StorageEndpoint Start(
        string address, int port, StorageScp scp, ReceivingOptions options, ILogger logger, ITlsAcceptor? tls = null)
    {
        IDicomServer server = DicomServerFactory.Create<StorageProvider>(
            address, port, tls, userState: scp with { OperationsAtOnce = options.OperationsAtOnce }, logger: logger,
            configure: o => o.MaxClientsAllowed = options.MaximumAssociations);
        server.Options.MaxPDULength = (uint)options.MaximumPduLength;
        return new StorageEndpoint(server);
    }

    public void Dispose() => _server.Dispose();
}
