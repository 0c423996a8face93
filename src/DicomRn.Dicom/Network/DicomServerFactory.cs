using System.Text;
using DicomRn.Dicom.Network.Tls;
using Microsoft.Extensions.Logging;

namespace DicomRn.Dicom.Network;

/// <summary>Makes DICOM servers.</summary>
public static class DicomServerFactory
{
    /// <summary>Listens on all IPv4 addresses.</summary>
    /// <inheritdoc cref="Create{T}(string, int, ITlsAcceptor, Encoding, ILogger, object, Action{DicomServerOptions})"/>
    public static IDicomServer Create<T>(
        int port,
        ITlsAcceptor? tlsAcceptor = null,
        Encoding? fallbackEncoding = null,
        ILogger? logger = null,
        object? userState = null,
        Action<DicomServerOptions>? configure = null)
        where T : DicomService, IDicomServiceProvider =>
        Create<T>(System.Net.IPAddress.Any.ToString(), port, tlsAcceptor, fallbackEncoding, logger, userState, configure);

    /// <summary>Listens on one address; every connection is served by a <typeparamref name="T"/> of its own.</summary>
    /// <typeparam name="T">
    /// A service with a constructor of (<see cref="INetworkStream"/>, <see cref="Encoding"/>, <see cref="ILogger"/>,
    /// <see cref="DicomServiceDependencies"/>).
    /// </typeparam>
    /// <param name="ipAddress">Address to listen on; null for all IPv4 addresses.</param>
    /// <param name="port">Port to listen on, 0 for a free one.</param>
    /// <param name="tlsAcceptor">Secures the connections; null for plain ones.</param>
    /// <param name="fallbackEncoding">Encoding of text in data sets that name no character set.</param>
    /// <param name="logger">Logger; null for none.</param>
    /// <param name="userState">Given to every service as its <see cref="DicomService.UserState"/>.</param>
    /// <param name="configure">Sets the server's own options.</param>
    /// <exception cref="DicomNetworkException">The address is not this machine's, or the port is taken; the message names both.</exception>
    public static IDicomServer Create<T>(
        string? ipAddress,
        int port,
        ITlsAcceptor? tlsAcceptor = null,
        Encoding? fallbackEncoding = null,
        ILogger? logger = null,
        object? userState = null,
        Action<DicomServerOptions>? configure = null)
        where T : DicomService, IDicomServiceProvider
    {
        DicomServerOptions options = new();
        configure?.Invoke(options);
        DicomServer<T> server = new(options, new DicomServiceDependencies(), tlsAcceptor, fallbackEncoding, userState, logger);
        server.Listen(ipAddress, port);
        return server;
    }
}
