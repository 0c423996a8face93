using System.Net.Sockets;
using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Tls;
using DicomRn.Node.Tests.Support;
using DicomRn.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Tests.Administration.Tls;

/// <summary>Who may call the node over TLS.</summary>
public sealed class CallersTests : IDisposable
{
    private readonly TlsFixture _tls = new();
    private readonly NodeFolder _folder = new();
    private readonly LogLines _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _tls.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(TlsVersion.Tls12)]
    [InlineData(TlsVersion.Tls13)]
    public async Task Modality_with_a_certificate_of_the_authority_may_send(TlsVersion minimum)
    {
        await using ReceivingNode node = await StartAsync();

        Assert.Equal(DicomStatus.Success, await SendAsync(node, _tls.Initiator(_tls.Modality, minimum: minimum)));
    }

    [Fact]
    public async Task Connection_can_be_buffered_before_its_handshake()
    {
        NodeTls tls = new(_tls.NodeOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        await using Stream secured = tls.CreateAcceptor().AcceptTls(new MemoryStream(), "127.0.0.1", 2762);
        await using BufferedStream buffered = new(secured);

        Assert.True(buffered.CanRead);
        Assert.True(buffered.CanWrite);
    }

    [Fact]
    public async Task Chain_with_an_intermediate_authority_is_shown_and_understood_by_both_sides()
    {
        NodeOptions options = _tls.NodeOptions();
        options.Tls.Certificate = TlsFixture.Options(_tls.Issue("node2", intermediate: true));
        await using ReceivingNode node = await StartAsync(options);

        Assert.Equal(DicomStatus.Success, await SendAsync(node, _tls.Initiator(_tls.Issue("modality2", intermediate: true))));
    }

    [Fact]
    public async Task Caller_without_a_certificate_is_refused_and_the_log_says_so_and_the_next_one_is_served()
    {
        await using ReceivingNode node = await StartAsync();

        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => SendAsync(node, _tls.Initiator(null)));

        await _log.LineAsync("6000 127.0.0.1", "the caller shows no certificate");
        Assert.Equal(DicomStatus.Success, await SendAsync(node, _tls.Initiator(_tls.Modality)));
    }

    [Theory]
    [InlineData("expired", "has ended")]
    [InlineData("self-signed", "not trusted")]
    [InlineData("another authority", "no trusted authority vouches for it")]
    public async Task Certificate_that_is_not_trusted_is_refused_with_its_reason(string kind, string reason)
    {
        TestCertificate certificate = kind switch
        {
            "expired" => _tls.Issue("old", days: -1),
            "self-signed" => _tls.Issue("self", selfSigned: true),
            _ => _tls.IssueByAnother("stranger"),
        };
        await using ReceivingNode node = await StartAsync();

        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => SendAsync(node, _tls.Initiator(certificate)));

        await _log.LineAsync("6000 127.0.0.1", reason);
    }

    [Fact]
    public async Task Callers_need_no_certificate_where_it_is_optional_but_one_that_is_shown_must_be_trusted()
    {
        await using ReceivingNode node = await StartAsync(_tls.NodeOptions(demand: ClientCertificateDemand.Optional));

        Assert.Equal(DicomStatus.Success, await SendAsync(node, _tls.Initiator(null)));
        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => SendAsync(node, _tls.Initiator(_tls.IssueByAnother("stranger"))));
    }

    [Fact]
    public async Task AE_title_of_a_peer_with_TLS_is_rejected_on_the_plain_port()
    {
        NodeOptions options = _tls.NodeOptions();
        options.Tls = new TlsServerOptions();
        await using ReceivingNode node = await StartAsync(options);

        DicomAssociationRejectedException rejected =
            await Assert.ThrowsAsync<DicomAssociationRejectedException>(() => node.SendAsync(Instances.Mr("1.1")));

        Assert.Equal(DicomRejectReason.CallingAENotRecognized, rejected.RejectReason);
        await _log.LineAsync("MODALITY", "127.0.0.1", "over TLS only");
    }

    [Fact]
    public async Task AE_title_may_be_used_with_the_certificate_named_for_it_only()
    {
        PeerOptions modality = new() { AeTitle = "MODALITY", Tls = new PeerTlsOptions { CertificateNames = ["modality"] } };
        await using ReceivingNode node = await StartAsync(_tls.NodeOptions(modality));
        TestCertificate other = _tls.Issue("workstation");

        await Assert.ThrowsAsync<DicomAssociationRejectedException>(() => SendAsync(node, _tls.Initiator(other)));

        await _log.LineAsync("CN=workstation", "none of CertificateNames");
        Assert.Equal(DicomStatus.Success, await SendAsync(node, _tls.Initiator(_tls.Modality)));
    }

    [Fact]
    public async Task What_is_trusted_for_one_peer_is_not_trusted_for_another()
    {
        TestCertificate pinned = _tls.Issue("pinned", selfSigned: true);
        NodeOptions options = _tls.NodeOptions();
        options.Tls.Trust = new TrustOptions();
        options.Peers["MR1"].Tls!.Trust = _tls.Trust;
        options.Peers["MR2"] = new PeerOptions
        {
            AeTitle = "MODALITY2",
            Tls = new PeerTlsOptions { Trust = new TrustOptions { Pinned = [pinned.Fingerprint] } },
        };
        await using ReceivingNode node = await StartAsync(options);

        Assert.Equal(DicomStatus.Success, await SendAsync(node, _tls.Initiator(pinned), "MODALITY2"));
        await Assert.ThrowsAsync<DicomAssociationRejectedException>(() => SendAsync(node, _tls.Initiator(pinned)));
        await Assert.ThrowsAsync<DicomAssociationRejectedException>(() => SendAsync(node, _tls.Initiator(_tls.Modality), "MODALITY2"));
        Assert.Equal(DicomStatus.Success, await SendAsync(node, _tls.Initiator(_tls.Modality)));
    }

    [Fact]
    public async Task Silent_plain_and_garbage_callers_are_closed_and_the_next_one_is_served()
    {
        NodeOptions options = _tls.NodeOptions();
        options.Tls.HandshakeTimeout = TimeSpan.FromMilliseconds(300);
        await using ReceivingNode node = await StartAsync(options);

        foreach (string first in new[] { "", "16030100", "010000000020", "474554202F20485454502F312E310D0A0D0A", "1603010005FFFFFFFFFF" })
        {
            using TcpClient caller = new();
            await caller.ConnectAsync("127.0.0.1", node.Port, Token);
            await caller.GetStream().WriteAsync(Convert.FromHexString(first), Token);
            await EndAsync(caller);
        }

        Assert.Equal(DicomStatus.Success, await SendAsync(node, _tls.Initiator(_tls.Modality)));
        Assert.Equal(5, _log.Lines.Count(line => line.Contains("6000 127.0.0.1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Port_that_is_only_connected_to_is_no_reason_for_a_warning()
    {
        await using ReceivingNode node = await StartAsync();

        using (TcpClient caller = new())
            await caller.ConnectAsync("127.0.0.1", node.Port, Token);

        Assert.StartsWith("Debug", await _log.LineAsync("6001 127.0.0.1"), StringComparison.Ordinal);
        Assert.DoesNotContain(_log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    private static async Task EndAsync(TcpClient caller)
    {
        try
        {
            await caller.GetStream().CopyToAsync(Stream.Null, Token);
        }
        catch (IOException)
        {
            // A reset is an end, too.
        }
    }

    private Task<ReceivingNode> StartAsync(NodeOptions? options = null) =>
        ReceivingNode.StartAsync(_folder, options ?? _tls.NodeOptions(), log: _log);

    private static Task<DicomStatus> SendAsync(ReceivingNode node, ITlsInitiator tls, string calling = "MODALITY") =>
        node.SendAsync(new DicomCStoreRequest(Instances.Mr("1.1")), calling, tls: tls);
}
