using System.Security.Cryptography.X509Certificates;
using DicomRn.Node.Administration.Tls;
using DicomRn.Node.Tests.Support;
using DicomRn.TestSupport;
using Microsoft.Extensions.Time.Testing;

namespace DicomRn.Node.Tests.Administration.Tls;

/// <summary>Where the node's certificates come from, and how they are renewed.</summary>
public sealed class OwnCertificateTests : IDisposable
{
    private readonly TlsFixture _tls = new();
    private readonly LogLines _log = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    public void Dispose() => _tls.Dispose();

    [Fact]
    public void Key_with_a_password_is_read_with_the_password_of_a_setting_or_of_a_file()
    {
        TestCertificate issued = _tls.Issue("locked", keyPassword: "secret ü");
        File.WriteAllText(_tls["password"], "secret ü\r\nanother line");
        CertificateOptions options = TlsFixture.Options(issued);

        options.KeyPassword = "secret ü";
        Assert.True(Open(options).Last.HasPrivateKey);
        options.KeyPassword = null;
        options.KeyPasswordFile = _tls["password"];
        Assert.True(Open(options).Last.HasPrivateKey);
    }

    [Fact]
    public void Key_may_be_in_the_file_of_the_certificate()
    {
        string both = _tls["both.pem"];
        File.WriteAllText(both, File.ReadAllText(_tls.Node.KeyFile) + "\n" + File.ReadAllText(_tls.Node.File));

        Assert.Equal("CN=node", Open(new CertificateOptions { File = both }).Last.Subject);
    }

    [Theory]
    [InlineData("no password", "locked.key: the key is encrypted, and no password is given")]
    [InlineData("wrong password", "locked.key: the key cannot be decrypted with the password given")]
    [InlineData("another key", "modality.key: the key does not belong to the first certificate of")]
    [InlineData("no key", "node.pem: there is no private key in PEM format in it")]
    [InlineData("no certificate", "node.key: there is no certificate in PEM format in it")]
    [InlineData("garbage", "garbage.pem: a certificate in it cannot be read")]
    [InlineData("missing", "missing.pem: cannot be read")]
    public void Certificate_that_cannot_be_used_is_refused_by_file_and_reason(string kind, string reason)
    {
        TestCertificate locked = _tls.Issue("locked", keyPassword: "secret");
        File.WriteAllText(_tls["garbage.pem"], "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        CertificateOptions options = kind switch
        {
            "no password" => TlsFixture.Options(locked),
            "wrong password" => new() { File = locked.File, KeyFile = locked.KeyFile, KeyPassword = "guess" },
            "another key" => new() { File = _tls.Node.File, KeyFile = _tls.Modality.KeyFile },
            "no key" => new() { File = _tls.Node.File },
            "no certificate" => new() { File = _tls.Node.KeyFile },
            "garbage" => new() { File = _tls["garbage.pem"], KeyFile = _tls.Node.KeyFile },
            _ => new() { File = _tls["missing.pem"] },
        };

        CertificateException refused = Assert.Throws<CertificateException>(() => Open(options));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_in_the_old_OpenSSL_encryption_is_refused_with_the_way_to_convert_it()
    {
        File.WriteAllText(_tls["old.key"], "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n");

        CertificateException refused = Assert.Throws<CertificateException>(
            () => Open(new CertificateOptions { File = _tls.Node.File, KeyFile = _tls["old.key"], KeyPassword = "secret" }));
        Assert.Contains("openssl pkcs8 -topk8", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_files_are_used_at_once_and_broken_ones_are_told_once_while_the_certificate_before_stays()
    {
        CertificateOptions options = TlsFixture.Options(_tls.Node);
        OwnCertificate certificate = Open(options);
        TestCertificate renewed = _tls.Issue("renewed");

        // As a renewal does: first one file, then the other.
        File.Copy(renewed.File, _tls.Node.File, overwrite: true);
        Assert.Equal("CN=node", certificate.Current().TargetCertificate.Subject);
        Assert.Equal("CN=node", certificate.Current().TargetCertificate.Subject);
        File.Copy(renewed.KeyFile, _tls.Node.KeyFile, overwrite: true);
        Assert.Equal("CN=renewed", certificate.Current().TargetCertificate.Subject);
        File.WriteAllText(_tls.Node.File, "");
        Assert.Equal("CN=renewed", certificate.Current().TargetCertificate.Subject);

        Assert.Equal(
            ["Error 6011", "Information 6010", "Error 6011"],
            _log.Lines.Select(line => string.Join(' ', line.Split(' ')[..2])));
    }

    [Fact]
    public void New_certificate_that_has_ended_already_does_not_replace_one_that_has_not()
    {
        OwnCertificate certificate = Open(TlsFixture.Options(_tls.Node));
        TestCertificate old = _tls.Issue("old", days: -2);

        File.Copy(old.File, _tls.Node.File, overwrite: true);
        File.Copy(old.KeyFile, _tls.Node.KeyFile, overwrite: true);

        Assert.Equal("CN=node", certificate.Current().TargetCertificate.Subject);
        Assert.Contains(_log.Lines, line => line.Contains("has ended already", StringComparison.Ordinal));
    }

    [Fact]
    public void End_of_a_certificate_is_warned_of_before_it_comes()
    {
        OwnCertificate certificate = Open(TlsFixture.Options(_tls.Issue("short", days: 40)));

        certificate.WarnOfEnd(TimeSpan.FromDays(30));
        Assert.Empty(_log.Lines);
        _clock.Advance(TimeSpan.FromDays(20));
        certificate.WarnOfEnd(TimeSpan.FromDays(30));
        Assert.Contains("Warning 6012", Assert.Single(_log.Lines), StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromDays(30));
        certificate.WarnOfEnd(TimeSpan.FromDays(30));
        Assert.Contains("Error 6013", _log.Lines.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void Certificate_of_the_store_is_found_by_subject_and_thumbprint_and_the_one_that_ends_last_is_used()
    {
        string name = $"dicomrn-test-{Guid.NewGuid():N}";
        using X509Certificate2 first = Storable(_tls.Issue(name, days: 10));
        using X509Certificate2 second = Storable(_tls.Issue(name, days: 20));
        using X509Store store = new(StoreName.My, StoreLocation.CurrentUser);
        try
        {
            store.Open(OpenFlags.ReadWrite);
            store.Add(first);
        }
        catch (System.Security.Cryptography.CryptographicException e)
        {
            Assert.Skip($"The user's certificate store cannot be written: {e.Message}");
        }

        try
        {
            OwnCertificate certificate = Open(new CertificateOptions { Subject = name, Store = StoreOwner.CurrentUser });
            Assert.Equal(first.Thumbprint, certificate.Current().TargetCertificate.Thumbprint);
            store.Add(second);
            Assert.Equal(first.Thumbprint, certificate.Current().TargetCertificate.Thumbprint);
            _clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(second.Thumbprint, certificate.Current().TargetCertificate.Thumbprint);

            string sha256 = CertificateThumbprint.Sha256(first);
            Assert.Equal(first.Thumbprint, Open(new CertificateOptions { Thumbprint = sha256, Store = StoreOwner.CurrentUser }).Last.Thumbprint);
            Assert.Throws<CertificateException>(() => Open(new CertificateOptions { Subject = name + "-none", Store = StoreOwner.CurrentUser }));
        }
        finally
        {
            store.Remove(first);
            store.Remove(second);
        }
    }

    private static X509Certificate2 Storable(TestCertificate issued) => X509CertificateLoader.LoadPkcs12(
        issued.Certificate.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.PersistKeySet | X509KeyStorageFlags.Exportable);

    private OwnCertificate Open(CertificateOptions options) => OwnCertificate.Open("test", options, _clock, _log);
}
