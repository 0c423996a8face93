using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Administration.Tls;

/// <summary>
/// Secures the calls to the node. The handshake is done when the association request is first read for, not while the connection
/// is accepted: a caller that is slow to speak holds up nobody, and no thread.
/// </summary>
/// <param name="options">The secured port.</param>
/// <param name="certificate">The node's certificate.</param>
/// <param name="trusts">What is trusted: by the node, and for single peers. Who may use which AE title is decided later.</param>
/// <param name="logger">Where failures are told.</param>
internal sealed class NodeTlsAcceptor(
    TlsServerOptions options, OwnCertificate certificate, IReadOnlyList<PeerTrust> trusts, ILogger logger) : ITlsAcceptor
{
    public Stream AcceptTls(Stream encryptedStream, string remoteAddress, int localPort) =>
        new CallerTlsStream(encryptedStream, remoteAddress, localPort, this);

    /// <summary>How long a handshake may take.</summary>
    public TimeSpan Timeout => options.HandshakeTimeout;

    public ILogger Logger => logger;

    /// <summary>The options of one handshake.</summary>
    /// <param name="peer">Address of the caller, for the log.</param>
    /// <param name="intermediates">Gets what the caller shows beside its certificate.</param>
    /// <param name="refused">Told why the caller's certificate was refused.</param>
    public SslServerAuthenticationOptions Handshake(
        string peer, X509Certificate2Collection intermediates, Action<string> refused) => new()
        {
            ServerCertificateContext = certificate.Current(),
            ClientCertificateRequired = options.ClientCertificate != ClientCertificateDemand.None,
            EnabledSslProtocols = options.MinimumVersion.AndLater(),
            CipherSuitesPolicy = Bcp195.CipherSuites,
            CertificateChainPolicy = UndecidedChain.Policy(),
            AllowRenegotiation = false,
            RemoteCertificateValidationCallback = (_, shown, chain, _) =>
            {
                intermediates.AddRange(chain?.ChainPolicy.ExtraStore ?? []);
                string? refusal = Refuse(peer, (X509Certificate2?)shown, intermediates);
                if (refusal is not null)
                    refused(refusal);
                return refusal is null;
            },
        };

    private string? Refuse(string peer, X509Certificate2? shown, X509Certificate2Collection intermediates)
    {
        if (shown is null)
            return options.ClientCertificate == ClientCertificateDemand.Required ? "the caller shows no certificate" : null;
        string? refusal = null;
        foreach (PeerTrust trust in trusts)
        {
            if (trust.Refuse(shown, intermediates, CertificateUsage.Client) is { } reason)
            {
                refusal ??= reason;
                continue;
            }

            if (trust.IsBlind)
                TlsLog.TakenUnchecked(logger, peer, shown.Subject);
            return null;
        }

        return refusal ?? "no authority is trusted";
    }
}
