using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace DicomRn.Dicom.Network.Tls;

/// <summary>TLS 1.2 or 1.3 (PS3.15 B.12), the peer's certificate checked against the system's roots and the host's name.</summary>
public class DefaultTlsInitiator : ITlsInitiator
{
    /// <summary>Certificates to show to a peer that asks for one; null for none.</summary>
    public X509CertificateCollection? Certificates { get; set; }

    /// <summary>The protocols offered.</summary>
    public SslProtocols Protocols { get; set; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <inheritdoc/>
    public Stream InitiateTls(Stream plainStream, string remoteAddress, int remotePort)
    {
        SslStream secured = new(plainStream, leaveInnerStreamOpen: false);
        try
        {
            secured.AuthenticateAsClient(new SslClientAuthenticationOptions
            {
                TargetHost = remoteAddress,
                ClientCertificates = Certificates,
                EnabledSslProtocols = Protocols,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            });
            return secured;
        }
        catch
        {
            secured.Dispose();
            throw;
        }
    }
}
