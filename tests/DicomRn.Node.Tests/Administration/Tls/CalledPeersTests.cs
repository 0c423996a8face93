using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Tls;
using DicomRn.Node.Receiving;
using DicomRn.Node.Tests.Support;
using DicomRn.TestSupport;

namespace DicomRn.Node.Tests.Administration.Tls;

/// <summary>Whom the node calls over TLS, and whom it refuses.</summary>
public sealed class CalledPeersTests : IDisposable
{
    private readonly TlsFixture _tls = new();
    private readonly NodeFolder _folder = new();

    public void Dispose()
    {
        _tls.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("expired", "has ended")]
    [InlineData("self-signed", "not trusted")]
    [InlineData("another authority", "no trusted authority vouches for it")]
    [InlineData("wrong host", "is for pacs, pacs.example, not for 127.0.0.1")]
    public async Task Certificate_of_a_called_peer_is_refused_with_its_reason_in_one_line(string kind, string reason)
    {
        using FolderReceiver pacs = Pacs(kind switch
        {
            "expired" => _tls.Issue("old", days: -1),
            "self-signed" => _tls.Issue("self", selfSigned: true),
            "wrong host" => _tls.Issue("pacs", dnsName: "pacs.example"),
            _ => _tls.IssueByAnother("stranger"),
        });

        DicomNetworkException refused = await Assert.ThrowsAsync<DicomNetworkException>(() => EchoAsync(pacs, _tls.Initiator(_tls.Node)));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public async Task Name_in_the_certificate_may_be_another_one_where_the_settings_say_so()
    {
        using FolderReceiver pacs = Pacs(_tls.Issue("pacs", dnsName: "pacs.example"));

        await EchoAsync(pacs, _tls.Initiator(_tls.Node, hostName: "pacs.example"));
        await EchoAsync(pacs, _tls.Initiator(_tls.Node, verifyHostName: false));
    }

    [Fact]
    public async Task Pinned_certificate_needs_no_authority_and_no_name_and_no_other_is_taken()
    {
        TestCertificate self = _tls.Issue("self", dnsName: "pacs.example", selfSigned: true);
        TrustOptions pinned = new() { Pinned = [string.Join(':', self.Fingerprint.Chunk(2).Select(two => new string(two)))] };
        using FolderReceiver pacs = Pacs(self);
        using FolderReceiver other = Pacs(_tls.Issue("other"));

        await EchoAsync(pacs, _tls.Initiator(_tls.Node, pinned));

        DicomNetworkException refused = await Assert.ThrowsAsync<DicomNetworkException>(() => EchoAsync(other, _tls.Initiator(_tls.Node, pinned)));
        Assert.Contains("none of those pinned", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_given_trusts_the_authorities_of_the_system_only()
    {
        using FolderReceiver pacs = Pacs(_tls.Issue("pacs"));

        await Assert.ThrowsAsync<DicomNetworkException>(() => EchoAsync(pacs, _tls.Initiator(_tls.Node, new TrustOptions())));
    }

    [Fact]
    public async Task Taking_any_certificate_is_logged_as_critical_and_at_every_call()
    {
        LogLines log = new();
        using FolderReceiver pacs = Pacs(_tls.Issue("self", dnsName: "pacs.example", selfSigned: true));

        await EchoAsync(pacs, _tls.Initiator(_tls.Node, new TrustOptions { AcceptAnyCertificate = true }, log: log));

        Assert.Contains(log.Lines, line => line.StartsWith("Critical 6020", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.StartsWith("Warning 6021", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Peer_that_demands_a_certificate_and_gets_none_is_named_with_the_reason()
    {
        using FolderReceiver pacs = Pacs(_tls.Issue("pacs"), demand: true);

        DicomException refused = await Assert.ThrowsAnyAsync<DicomException>(() => EchoAsync(pacs, _tls.Initiator(null)));
        Assert.Contains("127.0.0.1", refused.Message, StringComparison.Ordinal);
        await EchoAsync(pacs, _tls.Initiator(_tls.Node));
    }

    [Fact]
    public async Task Peer_without_TLS_is_told_apart()
    {
        using FolderReceiver pacs = FolderReceiver.Start(new FolderReceiverSettings { Folder = _folder.Path, BindAddress = "127.0.0.1" });

        DicomNetworkException refused = await Assert.ThrowsAsync<DicomNetworkException>(() => EchoAsync(pacs, _tls.Initiator(_tls.Node)));
        Assert.Contains("TLS", refused.Message, StringComparison.Ordinal);
    }

    private FolderReceiver Pacs(TestCertificate certificate, bool demand = false) => FolderReceiver.Start(new FolderReceiverSettings
    {
        Folder = _folder.Path,
        BindAddress = "127.0.0.1",
        Tls = new TlsServerOptions
        {
            Certificate = TlsFixture.Options(certificate),
            Trust = _tls.Trust,
            ClientCertificate = demand ? ClientCertificateDemand.Required : ClientCertificateDemand.None,
        },
    });

    private static Task<TimeSpan> EchoAsync(FolderReceiver pacs, ITlsInitiator tls) => PeerEcho.SendAsync(
        new PeerCall { Host = "127.0.0.1", Port = pacs.Port, CalledAeTitle = "PACS", CallingAeTitle = "DICOMRN", Tls = tls },
        TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
}
