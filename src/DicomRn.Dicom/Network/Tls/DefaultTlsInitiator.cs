using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace DicomRn.Dicom.Network.Tls;

/// <summary>
/// TLS 1.2 or 1.3 with the cipher suites of PS3.15 B.12 where the system lets them be chosen; the peer's certificate is checked
/// against the system's roots and the host's name.
/// </summary>
public class DefaultTlsInitiator : ITlsInitiator
{
    /// <summary>Takes whatever certificate the peer shows: anyone in between can read and change what is sent. Default false.</summary>
    public bool IgnoreSslPolicyErrors { get; set; }

    /// <summary>How long the handshake may wait for the peer. Default 1 min.</summary>
    public TimeSpan SslHandshakeTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Certificates to show to a peer that asks for one; null for none.</summary>
    public X509CertificateCollection? Certificates { get; set; }

    /// <summary>The protocols offered. Default TLS 1.2 and 1.3.</summary>
    public SslProtocols Protocols { get; set; } = Bcp195.Protocols;

    /// <summary>Whether revocation lists are asked about the peer's certificate. Default false.</summary>
    public bool CheckCertificateRevocation { get; set; }

    /// <summary>Decides on the peer's certificate; null, the default, lets the system decide.</summary>
    public RemoteCertificateValidationCallback? CertificateValidationCallback { get; set; }

    /// <inheritdoc/>
    /// <exception cref="AuthenticationException">The handshake failed; the message gives the reason.</exception>
    /// <exception cref="IOException">The peer went away, or did not speak in time.</exception>
    public Stream InitiateTls(Stream plainStream, string remoteAddress, int remotePort)
    {
        ArgumentNullException.ThrowIfNull(plainStream);
        SslStream secured = new(plainStream, leaveInnerStreamOpen: false);
        try
        {
            using (new HandshakeTimeout(plainStream, SslHandshakeTimeout))
                secured.AuthenticateAsClient(Options(remoteAddress));
            return secured;
        }
        catch
        {
            secured.Dispose();
            throw;
        }
    }

    private SslClientAuthenticationOptions Options(string remoteAddress) => new()
    {
        TargetHost = remoteAddress,
        ClientCertificates = Certificates,
        EnabledSslProtocols = Protocols,
        CertificateRevocationCheckMode = CheckCertificateRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck,
        RemoteCertificateValidationCallback =
            CertificateValidationCallback ?? (IgnoreSslPolicyErrors
                ? (_, _, _, errors) => errors == SslPolicyErrors.None || IgnoreSslPolicyErrors
                // Without a callback the exception tells what is wrong with the certificate.
                : null),
        CipherSuitesPolicy = Bcp195.CipherSuites,
        AllowRenegotiation = false,
    };
}
