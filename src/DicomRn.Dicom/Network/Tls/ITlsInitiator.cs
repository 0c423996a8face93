namespace DicomRn.Dicom.Network.Tls;

/// <summary>Secures the connections a client opens (PS3.15 B).</summary>
public interface ITlsInitiator
{
    /// <summary>Does the TLS handshake as client.</summary>
    /// <param name="plainStream">The stream as it comes from the socket.</param>
    /// <param name="remoteAddress">Host name or address of the peer.</param>
    /// <param name="remotePort">Port of the peer.</param>
    /// <returns>The decrypted stream, which owns <paramref name="plainStream"/>.</returns>
    Stream InitiateTls(Stream plainStream, string remoteAddress, int remotePort);
}
