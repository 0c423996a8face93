using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Administration.Tls;

/// <summary>Secures single connections, for programs that are no node.</summary>
public static class SecuredConnections
{
    /// <summary>What secures the calls to a peer.</summary>
    /// <param name="peer">What logs call it.</param>
    /// <param name="options">What is shown and trusted.</param>
    /// <param name="timeout">How long the handshake may wait for the peer.</param>
    /// <param name="loggers">Where warnings go.</param>
    /// <exception cref="CertificateException">A certificate, key or list of authorities cannot be used.</exception>
    public static ITlsInitiator CreateInitiator(string peer, PeerTlsOptions options, TimeSpan timeout, ILoggerFactory loggers)
    {
        ILogger logger = loggers.CreateLogger("DicomRn.Node.Tls");
        OwnCertificate? certificate = options.Certificate is { } own
            ? OwnCertificate.Open(peer, own, TimeProvider.System, logger)
            : null;
        return new PeerTlsInitiator(
            options, PeerTrust.Open(peer, options.Trust ?? new TrustOptions(), logger), certificate, timeout, logger);
    }

    /// <summary>What secures the calls of others.</summary>
    /// <exception cref="CertificateException">A certificate, key or list of authorities cannot be used.</exception>
    internal static ITlsAcceptor CreateAcceptor(TlsServerOptions options, ILoggerFactory loggers) =>
        new NodeTls(new NodeOptions { Tls = options }, TimeProvider.System, loggers).CreateAcceptor();
}
