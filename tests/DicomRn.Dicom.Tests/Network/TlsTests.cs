using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Tls;
using DicomRn.Dicom.Network.UpperLayer;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>Secured associations (PS3.15 B.12), and peers that do not do their part of the handshake.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestCertificates _certificates;
    private readonly TestCertificate _server;
    private readonly TestCertificate _client;

    public TlsTests()
    {
        _certificates = new TestCertificates(_folder.Path);
        _server = _certificates.Issue("server");
        _client = _certificates.Issue("client");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Both_sides_show_certificates_under_TLS_1_2_and_1_3(SslProtocols protocol)
    {
        DefaultTlsAcceptor acceptor = Acceptor(mutual: true);
        await using TestServer server = Server(acceptor);

        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token, Initiator(_client, protocol)));
    }

    [Fact]
    public async Task TLS_1_1_is_refused()
    {
        await using TestServer server = Server(Acceptor());
#pragma warning disable SYSLIB0039, CA5397 // The old protocol is what is tested.
        DefaultTlsInitiator initiator = Initiator(null, SslProtocols.Tls11);
#pragma warning restore SYSLIB0039, CA5397

        await Assert.ThrowsAsync<DicomNetworkException>(() => server.EchoAsync(Token, initiator));
        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token, Initiator(_client)));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Client_without_a_certificate_is_refused_where_one_is_required_and_the_log_names_peer_and_reason(SslProtocols protocol)
    {
        await using TestServer server = Server(Acceptor(mutual: true));

        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => server.EchoAsync(Token, Initiator(null, protocol)));
        await server.Log.LineAsync(line => line.StartsWith("3005 127.0.0.1:", StringComparison.Ordinal)
            && line.Contains("certificate", StringComparison.OrdinalIgnoreCase), Token);
        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token, Initiator(_client)));
    }

    [Fact]
    public async Task Client_refuses_a_server_that_nobody_it_trusts_vouches_for()
    {
        await using TestServer server = Server(Acceptor());

        DicomNetworkException refused =
            await Assert.ThrowsAsync<DicomNetworkException>(() => server.EchoAsync(Token, new DefaultTlsInitiator()));
        Assert.Contains("certificate chain", refused.Message, StringComparison.Ordinal);
        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token, new DefaultTlsInitiator { IgnoreSslPolicyErrors = true }));
    }

    [Fact]
    public async Task Certificate_that_is_replaced_is_shown_from_the_next_handshake_on()
    {
        DefaultTlsAcceptor acceptor = Acceptor();
        await using TestServer server = Server(acceptor);
        List<string> shown = [];
        DefaultTlsInitiator initiator = new()
        {
            CertificateValidationCallback = (sender, certificate, chain, errors) =>
            {
                shown.Add(certificate!.Subject);
                return IssuedByTheAuthority(sender, certificate, chain, errors);
            },
        };

        await server.EchoAsync(Token, initiator);
        acceptor.Certificate = _certificates.Issue("renewed").Certificate;
        await server.EchoAsync(Token, initiator);

        Assert.Equal(["CN=server", "CN=renewed"], shown);
    }

    [Fact]
    public async Task Plain_association_request_on_a_secured_port_is_closed_at_once()
    {
        await using TestServer server = Server(Acceptor(), artim: TimeSpan.FromHours(1));
        using FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token);

        await modality.SendAsync(PduType.AAssociateRq, w => FakeModality.Request().Write(w), Token);

        await modality.DrainAsync(Token);
        await server.Log.LineAsync(line => line.StartsWith("3005 127.0.0.1:", StringComparison.Ordinal), Token);
        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token, Initiator(_client)));
    }

    [Fact]
    public async Task TLS_hello_on_a_plain_port_is_closed_at_once()
    {
        await using TestServer server = new(new StoreLog { Folder = _folder.Path }, new ServiceLimits { Artim = TimeSpan.FromHours(1) });

        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => server.EchoAsync(Token, Initiator(_client)));
        await server.Log.LineAsync(line => line.Contains("TLS", StringComparison.Ordinal), Token);
        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("16030100")]
    [InlineData("1603010200")]
    public async Task Handshake_that_does_not_go_on_ends_with_ARTIM(string hello)
    {
        await using TestServer server = Server(Acceptor(), artim: TimeSpan.FromMilliseconds(200));
        using FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token);

        await modality.Stream.WriteAsync(Convert.FromHexString(hello), Token);

        Assert.True(await modality.IsClosedAsync(Token));
        await server.Log.LineAsync(line => line.Contains("handshake was not done in time", StringComparison.Ordinal), Token);
    }

    [Fact]
    public async Task Garbage_after_the_hello_is_closed_at_once()
    {
        await using TestServer server = Server(Acceptor(), artim: TimeSpan.FromHours(1));
        using FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token);

        await modality.Stream.WriteAsync(Convert.FromHexString("1603010005" + "FFFFFFFFFF"), Token);

        await modality.DrainAsync(Token);
    }

    [Fact]
    public async Task Two_hundred_handshakes_that_do_not_go_on_take_no_place_from_the_others()
    {
        await using TestServer server = Server(Acceptor(), artim: TimeSpan.FromHours(1), places: 1);
        List<FakeModality> silent = [];
        for (int i = 0; i < 200; i++)
        {
            silent.Add(await FakeModality.ConnectAsync(server.Port, Token));
            await silent[i].Stream.WriteAsync(Convert.FromHexString("16030100"), Token);
        }

        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token, Initiator(_client)));
        silent.ForEach(modality => modality.Dispose());
    }

    [Fact]
    public async Task Synchronous_acceptors_secure_connections_too()
    {
        await using TestServer server = Server(new Delegating(Acceptor(mutual: true)));

        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token, Initiator(_client)));
    }

    [Fact]
    public void Certificate_that_the_store_does_not_have_is_refused_by_its_name()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows() || OperatingSystem.IsLinux(), "The machine's store is a keychain.");
        DicomNetworkException refused = Assert.Throws<DicomNetworkException>(() => new DefaultTlsAcceptor("no such name"));
        Assert.Contains("store", refused.Message, StringComparison.Ordinal);
    }

    private TestServer Server(ITlsAcceptor acceptor, TimeSpan? artim = null, int places = 0) => new(
        new StoreLog { Folder = _folder.Path }, new ServiceLimits { Artim = artim ?? TimeSpan.FromSeconds(30) }, places, tls: acceptor);

    private DefaultTlsAcceptor Acceptor(bool mutual = false) => new(_server.Certificate)
    {
        RequireMutualAuthentication = mutual,
        CertificateValidationCallback = mutual ? IssuedByTheAuthority : null,
    };

    private DefaultTlsInitiator Initiator(TestCertificate? certificate, SslProtocols protocols = SslProtocols.Tls12 | SslProtocols.Tls13) => new()
    {
        Certificates = certificate is null ? null : [certificate.Certificate],
        Protocols = protocols,
        CertificateValidationCallback = IssuedByTheAuthority,
    };

    private bool IssuedByTheAuthority(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
            return false;
        using X509Certificate2 authority = X509CertificateLoader.LoadCertificateFromFile(_certificates.AuthorityFile);
        using X509Chain own = new();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.Add(authority);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using X509Certificate2 shown = new(certificate);
        return own.Build(shown);
    }

    private sealed class Delegating(ITlsAcceptor acceptor) : ITlsAcceptor
    {
        public Stream AcceptTls(Stream encryptedStream, string remoteAddress, int localPort) =>
            acceptor.AcceptTls(encryptedStream, remoteAddress, localPort);
    }
}
