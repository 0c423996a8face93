using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DicomRn.TestSupport;

/// <summary>A certificate authority of one test, and what it issued, as PEM files in a folder.</summary>
internal sealed class TestCertificates : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly string _folder;
    private readonly List<X509Certificate2> _issued = [];
    private readonly X509Certificate2 _authority;

    public TestCertificates(string folder, string name = "Test CA")
    {
        _folder = folder;
        _authority = Root(name);
        AuthorityFile = Write($"{name.Replace(' ', '-')}.pem", _authority.ExportCertificatePem());
    }

    /// <summary>The authority's own certificate, as a PEM file.</summary>
    public string AuthorityFile { get; }

    /// <summary>A certificate for 127.0.0.1 and localhost, for servers and clients.</summary>
    /// <param name="name">Common name, and the first part of the file names.</param>
    /// <param name="dnsName">The DNS name in it; with another one than localhost there is no address in it.</param>
    /// <param name="days">How many days it is still valid; negative: how long it has been over.</param>
    /// <param name="selfSigned">Not issued by the authority.</param>
    /// <param name="keyPassword">Encrypts the key's file.</param>
    /// <param name="intermediate">Issued by an intermediate authority, which follows in the certificate's file.</param>
    public TestCertificate Issue(
        string name, string dnsName = "localhost", int days = 365, bool selfSigned = false, string? keyPassword = null,
        bool intermediate = false)
    {
        using X509Certificate2? between = intermediate ? Intermediate($"{name} issuer") : null;
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(dnsName);
        if (dnsName == "localhost")
            names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(selfSigned, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication), new Oid(ClientAuthentication)], false));
        DateTimeOffset end = DateTimeOffset.UtcNow.AddDays(days);
        DateTimeOffset begin = DateTimeOffset.UtcNow.AddDays(Math.Min(days, 0) - 1);
        X509Certificate2 certificate;
        if (selfSigned)
        {
            certificate = request.CreateSelfSigned(begin, end);
        }
        else
        {
            using X509Certificate2 bare = request.Create(between ?? _authority, begin, end, RandomNumberGenerator.GetBytes(8));
            certificate = bare.CopyWithPrivateKey(key);
        }

        _issued.Add(certificate);
        string pem = certificate.ExportCertificatePem() + "\n" + between?.ExportCertificatePem();
        string keyPem = keyPassword is null
            ? key.ExportPkcs8PrivateKeyPem()
            : key.ExportEncryptedPkcs8PrivateKeyPem(keyPassword, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000));
        return new TestCertificate(certificate, Write($"{name}.pem", pem), Write($"{name}.key", keyPem));
    }

    public void Dispose()
    {
        _authority.Dispose();
        _issued.ForEach(certificate => certificate.Dispose());
    }

    private static X509Certificate2 Root(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Authority(name, key).CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-1), DateTimeOffset.UtcNow.AddYears(10));
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    private X509Certificate2 Intermediate(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 bare = Authority(name, key).Create(
            _authority, DateTimeOffset.UtcNow.AddDays(-300), DateTimeOffset.UtcNow.AddYears(5), RandomNumberGenerator.GetBytes(8));
        return bare.CopyWithPrivateKey(key);
    }

    private string Write(string file, string text)
    {
        string path = Path.Combine(_folder, file);
        File.WriteAllText(path, text);
        return path;
    }
}
