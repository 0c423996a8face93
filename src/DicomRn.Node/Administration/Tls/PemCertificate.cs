using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace DicomRn.Node.Administration.Tls;

/// <summary>Reads a certificate, its chain and its key from the text of PEM files.</summary>
internal static class PemCertificate
{
    private const string PrivateKeyLabel = "PRIVATE KEY-----";
    private const string Pkcs8Encrypted = "-----BEGIN ENCRYPTED PRIVATE KEY-----";
    private const string LegacyEncrypted = "Proc-Type: 4,ENCRYPTED";

    /// <summary>Puts certificate and key together.</summary>
    /// <param name="file">Name of the certificate's file, for messages.</param>
    /// <param name="pem">Its content: the certificate, then its intermediate authorities.</param>
    /// <param name="keyFile">Name of the key's file, for messages.</param>
    /// <param name="keyPem">Its content.</param>
    /// <param name="password">The key's password; null where it has none.</param>
    /// <returns>The certificate with its key, and the intermediate authorities.</returns>
    /// <exception cref="CertificateException">One of them is none, or they do not belong together.</exception>
    public static (X509Certificate2 Certificate, X509Certificate2Collection Chain) Load(
        string file, string pem, string keyFile, string keyPem, string? password)
    {
        X509Certificate2Collection chain = ReadAll(file, pem);
        if (!keyPem.Contains(PrivateKeyLabel, StringComparison.Ordinal))
            throw new CertificateException($"{keyFile}: there is no private key in PEM format in it");
        if (keyPem.Contains(LegacyEncrypted, StringComparison.Ordinal))
            throw new CertificateException(
                $"{keyFile}: the key is encrypted in OpenSSL's old format; convert it with 'openssl pkcs8 -topk8'");
        bool encrypted = keyPem.Contains(Pkcs8Encrypted, StringComparison.Ordinal);
        if (encrypted && password is null)
            throw new CertificateException($"{keyFile}: the key is encrypted, and no password is given");
        X509Certificate2 certificate;
        try
        {
            certificate = encrypted
                ? X509Certificate2.CreateFromEncryptedPem(pem, keyPem, password)
                : X509Certificate2.CreateFromPem(pem, keyPem);
        }
        catch (ArgumentException e)
        {
            throw new CertificateException($"{keyFile}: the key does not belong to the first certificate of {file}", e);
        }
        catch (CryptographicException e)
        {
            throw new CertificateException(
                encrypted ? $"{keyFile}: the key cannot be decrypted with the password given" : $"{keyFile}: the key cannot be read, or is of another kind than the certificate's", e);
        }

        chain[0].Dispose();
        chain.RemoveAt(0);
        return (Usable(certificate), chain);
    }

    /// <summary>All certificates of a PEM text, in their order.</summary>
    /// <exception cref="CertificateException">There is none, or one that cannot be read.</exception>
    public static X509Certificate2Collection ReadAll(string file, string pem)
    {
        X509Certificate2Collection certificates = [];
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new CertificateException($"{file}: a certificate in it cannot be read: {e.Message}", e);
        }

        return certificates.Count > 0
            ? certificates
            : throw new CertificateException($"{file}: there is no certificate in PEM format in it");
    }

    /// <summary>Reads a file of a few certificates or one key.</summary>
    /// <exception cref="CertificateException">It cannot be read.</exception>
    public static byte[] ReadFile(string path)
    {
        const int Largest = 16 * 1024 * 1024;
        try
        {
            return new FileInfo(path).Length <= Largest
                ? File.ReadAllBytes(path)
                : throw new CertificateException($"{path}: too long for a file of certificates");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The text of a file that has been read.</summary>
    public static string Text(byte[] content) => Encoding.UTF8.GetString(content);

    // Windows cannot use a key for TLS that is only in memory.
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
            return certificate;
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
