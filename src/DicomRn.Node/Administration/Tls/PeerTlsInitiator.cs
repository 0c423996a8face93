using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Administration.Tls;

/// <summary>Secures the calls to one peer: its certificate is checked, the node's own is shown if the peer asks for it.</summary>
internal sealed class PeerTlsInitiator(
    PeerTlsOptions options, PeerTrust trust, OwnCertificate? certificate, TimeSpan timeout, ILogger logger) : ITlsInitiator
{
    public Stream InitiateTls(Stream plainStream, string remoteAddress, int remotePort)
    {
        string peer = $"{remoteAddress}:{remotePort}";
        string? refusal = null;
        SslStream secured = new(plainStream, leaveInnerStreamOpen: false);
        try
        {
            Limit(plainStream, (int)timeout.TotalMilliseconds);
            secured.AuthenticateAsClient(new SslClientAuthenticationOptions
            {
                TargetHost = options.HostName ?? remoteAddress,
                ClientCertificateContext = certificate?.Current(),
                EnabledSslProtocols = options.MinimumVersion.AndLater(),
                CipherSuitesPolicy = Bcp195.CipherSuites,
                CertificateChainPolicy = UndecidedChain.Policy(),
                AllowRenegotiation = false,
                RemoteCertificateValidationCallback = (_, shown, chain, _) =>
                {
                    refusal = Refuse(peer, options.HostName ?? remoteAddress, shown, chain);
                    return refusal is null;
                },
            });
            Limit(plainStream, Timeout.Infinite);
            return secured;
        }
        catch (AuthenticationException e)
        {
            secured.Dispose();
            throw new AuthenticationException($"TLS: {refusal ?? TlsFailure.Describe(e)}", e);
        }
        catch (IOException e)
        {
            secured.Dispose();
            throw new IOException($"TLS: {TlsFailure.Describe(e)}", e);
        }
        catch
        {
            secured.Dispose();
            throw;
        }
    }

    private static void Limit(Stream stream, int milliseconds)
    {
        if (stream.CanTimeout)
            stream.ReadTimeout = stream.WriteTimeout = milliseconds;
    }

    private string? Refuse(string peer, string host, X509Certificate? shown, X509Chain? chain)
    {
        if (shown is null)
            return "the peer shows no certificate";
        X509Certificate2 certificate = (X509Certificate2)shown;
        if (trust.IsBlind)
        {
            TlsLog.TakenUnchecked(logger, peer, certificate.Subject);
            return null;
        }

        if (trust.Refuse(certificate, chain?.ChainPolicy.ExtraStore ?? [], CertificateUsage.Server) is { } refusal)
            return refusal;
        return !options.VerifyHostName || trust.IsPinned(certificate) || certificate.MatchesHostname(host)
            ? null
            : $"the certificate {certificate.Subject} is for {CertificateNames.Describe(certificate)}, not for {host}";
    }
}
