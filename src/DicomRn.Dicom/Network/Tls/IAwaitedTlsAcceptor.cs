namespace DicomRn.Dicom.Network.Tls;

/// <summary>An acceptor whose handshake can be awaited: no thread waits for a peer that is slow to speak.</summary>
internal interface IAwaitedTlsAcceptor : ITlsAcceptor
{
    /// <summary>Does the TLS handshake as server.</summary>
    /// <inheritdoc cref="ITlsAcceptor.AcceptTls"/>
    Task<Stream> AcceptTlsAsync(Stream encryptedStream, string remoteAddress, int localPort, CancellationToken cancellationToken);
}
