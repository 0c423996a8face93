using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using DicomRn.Node.Administration.Tls;

namespace DicomRn.Node.Receiving;

/// <summary>What is known of a caller before it says who it is.</summary>
/// <param name="Host">The address it calls from.</param>
/// <param name="IsSecured">Whether it came over TLS.</param>
/// <param name="Certificate">The certificate it showed, which somebody trusted vouches for; null for none.</param>
/// <param name="Shown">What it showed with it: intermediate authorities.</param>
internal sealed record CallerConnection(string Host, bool IsSecured, X509Certificate2? Certificate, X509Certificate2Collection Shown)
{
    /// <summary>Of a connection whose first message has been read.</summary>
    public static CallerConnection Of(INetworkStream stream) => stream.AsStream() is SslStream secured
        ? new(stream.RemoteHost, true, secured.RemoteCertificate as X509Certificate2, (secured as CallerTlsStream)?.Shown ?? [])
        : new(stream.RemoteHost, false, null, []);
}
