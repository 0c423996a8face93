using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace DicomRn.Dicom.Network.Tls;

/// <summary>
/// TLS 1.2 or 1.3 with the cipher suites of PS3.15 B.12 where the system lets them be chosen. Set its properties before it is
/// used; <see cref="Certificate"/> may be replaced at any time and is used from the next handshake on.
/// </summary>
public class DefaultTlsAcceptor : ITlsAcceptor, IAwaitedTlsAcceptor
{
    /// <summary>An acceptor with a certificate of the machine's store of personal certificates.</summary>
    /// <param name="certificateName">A part of the certificate's subject name.</param>
    /// <exception cref="DicomNetworkException">There is no such certificate.</exception>
    public DefaultTlsAcceptor(string certificateName)
        : this(FindInStore(certificateName))
    {
    }

    /// <summary>An acceptor with the certificate of a PKCS #12 file.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The file is none, or the password is wrong.</exception>
    public DefaultTlsAcceptor(string certificateFilename, string password)
        : this(X509CertificateLoader.LoadPkcs12FromFile(certificateFilename, password))
    {
    }

    /// <summary>An acceptor with a certificate that has its private key.</summary>
    public DefaultTlsAcceptor(X509Certificate certificate) => Certificate = certificate;

    /// <summary>The certificate that is shown to peers.</summary>
    public X509Certificate Certificate { get; set; }

    /// <summary>How long a handshake may take. Default 1 min.</summary>
    public TimeSpan SslHandshakeTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The protocols accepted. Default TLS 1.2 and 1.3.</summary>
    public SslProtocols Protocols { get; set; } = Bcp195.Protocols;

    /// <summary>Whether peers must show a certificate that is trusted. Default false.</summary>
    public bool RequireMutualAuthentication { get; set; }

    /// <summary>Whether revocation lists are asked about a peer's certificate. Default false.</summary>
    public bool CheckCertificateRevocation { get; set; }

    /// <summary>Decides on a peer's certificate; null, the default, lets the system decide.</summary>
    public RemoteCertificateValidationCallback? CertificateValidationCallback { get; set; }

    /// <inheritdoc/>
    /// <exception cref="AuthenticationException">The handshake failed; the message gives the reason.</exception>
    /// <exception cref="IOException">The peer went away.</exception>
    public Stream AcceptTls(Stream encryptedStream, string remoteAddress, int localPort)
    {
        ArgumentNullException.ThrowIfNull(encryptedStream);
        SslStream secured = new(encryptedStream, leaveInnerStreamOpen: false);
        try
        {
            using (new HandshakeTimeout(encryptedStream, SslHandshakeTimeout))
                secured.AuthenticateAsServer(Options());
            return secured;
        }
        catch
        {
            secured.Dispose();
            throw;
        }
    }

    async Task<Stream> IAwaitedTlsAcceptor.AcceptTlsAsync(
        Stream encryptedStream, string remoteAddress, int localPort, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(SslHandshakeTimeout);
        SslStream secured = new(encryptedStream, leaveInnerStreamOpen: false);
        try
        {
            await secured.AuthenticateAsServerAsync(Options(), limit.Token).ConfigureAwait(false);
            return secured;
        }
        catch (Exception e)
        {
            await secured.DisposeAsync().ConfigureAwait(false);
            if (e is OperationCanceledException)
                throw new TimeoutException("the handshake was not done in time", e);
            throw;
        }
    }

    private SslServerAuthenticationOptions Options() => new()
    {
        ServerCertificate = Certificate,
        ClientCertificateRequired = RequireMutualAuthentication,
        EnabledSslProtocols = Protocols,
        CertificateRevocationCheckMode = CheckCertificateRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck,
        RemoteCertificateValidationCallback = CertificateValidationCallback,
        CipherSuitesPolicy = Bcp195.CipherSuites,
        AllowRenegotiation = false,
    };

    private static X509Certificate2 FindInStore(string name)
    {
        using X509Store store = new(StoreName.My, StoreLocation.LocalMachine);
        try
        {
            store.Open(OpenFlags.ReadOnly);
        }
        catch (System.Security.Cryptography.CryptographicException e)
        {
            throw new DicomNetworkException($"the machine's certificate store cannot be opened: {e.Message}", e);
        }

        return store.Certificates.Find(X509FindType.FindBySubjectName, name, validOnly: false).FirstOrDefault()
            ?? throw new DicomNetworkException($"there is no certificate '{name}' in the machine's store");
    }
}
