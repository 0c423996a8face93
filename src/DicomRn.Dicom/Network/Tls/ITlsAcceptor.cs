namespace DicomRn.Dicom.Network.Tls;

/// <summary>Secures the connections a server accepts (PS3.15 B).</summary>
public interface ITlsAcceptor
{
    /// <summary>Does the TLS handshake as server.</summary>
    /// <param name="encryptedStream">The stream as it comes from the socket.</param>
    /// <param name="remoteAddress">Address of the peer.</param>
    /// <param name="localPort">Port of this side.</param>
    /// <returns>The decrypted stream, which owns <paramref name="encryptedStream"/>.</returns>
    Stream AcceptTls(Stream encryptedStream, string remoteAddress, int localPort);
}
