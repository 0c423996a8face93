using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Tls;
using DicomRn.TestSupport;

namespace DicomRn.Node.Tests.Support;

/// <summary>An authority with certificates for a node and a modality, and settings that use them.</summary>
internal sealed class TlsFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestCertificates _certificates;

    public TlsFixture()
    {
        _certificates = new TestCertificates(_folder.Path);
        Node = Issue("node");
        Modality = Issue("modality");
    }

    public TestCertificate Node { get; }

    public TestCertificate Modality { get; }

    public TrustOptions Trust => new() { AuthoritiesFile = _certificates.AuthorityFile };

    public string this[string file] => _folder[file];

    public TestCertificate Issue(
        string name, string dnsName = "localhost", int days = 365, bool selfSigned = false, string? keyPassword = null,
        bool intermediate = false) =>
        _certificates.Issue(name, dnsName, days, selfSigned, keyPassword, intermediate);

    /// <summary>A certificate of an authority that nobody trusts.</summary>
    public TestCertificate IssueByAnother(string name)
    {
        using TestCertificates another = new(Directory.CreateDirectory(_folder[$"another-{name}"]).FullName, "Another CA");
        return another.Issue(name) with { };
    }

    /// <summary>A node with a secured port that knows the modality.</summary>
    public NodeOptions NodeOptions(PeerOptions? modality = null, ClientCertificateDemand demand = ClientCertificateDemand.Required) => new()
    {
        Tls = new TlsServerOptions { Port = 0, Certificate = Options(Node), Trust = Trust, ClientCertificate = demand },
        Peers = { ["MR1"] = modality ?? new PeerOptions { AeTitle = "MODALITY", Tls = new PeerTlsOptions() } },
    };

    /// <summary>The modality's side of a call.</summary>
    public ITlsInitiator Initiator(
        TestCertificate? certificate, TrustOptions? trust = null, TlsVersion minimum = TlsVersion.Tls12, LogLines? log = null,
        string? hostName = null, bool verifyHostName = true) => SecuredConnections.CreateInitiator(
            "test",
            new PeerTlsOptions
            {
                Certificate = certificate is null ? null : Options(certificate),
                Trust = trust ?? Trust,
                MinimumVersion = minimum,
                HostName = hostName,
                VerifyHostName = verifyHostName,
            },
            TimeSpan.FromSeconds(30), log ?? new LogLines());

    public static CertificateOptions Options(TestCertificate certificate) => new() { File = certificate.File, KeyFile = certificate.KeyFile };

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Dispose();
    }
}
