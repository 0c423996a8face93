using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Client;
using DicomRn.Dicom.Network.UpperLayer;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>The state table of PS3.8 9.2.3, both sides, one test per line of it that a peer can provoke.</summary>
public sealed class StateMachineTests : IDisposable
{
    private static readonly byte[] Data = RawDicom.Data(3, true, true, RawDicom.EchoCommand());

    private readonly TemporaryFolder _received = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Unexpected => ["AC", "RJ", "data", "release request", "release response", "no PDU"];

    public void Dispose() => _received.Dispose();

    [Theory]
    [MemberData(nameof(Unexpected))]
    public async Task Sta2_acceptor_without_an_association_aborts_as_user_on_anything_but_a_request(string pdu)
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        using (FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token))
        {
            await modality.Stream.WriteAsync(Bytes(pdu), Token);
            Assert.Equal(DicomAbortReason.NotSpecified, await modality.ReceiveAbortAsync(Token, DicomAbortSource.ServiceUser));
        }

        Assert.Equal("closed", (await server.Events.NextAsync(Token))[..6]);
    }

    [Fact]
    public async Task Sta2_abort_closes_the_connection()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        using FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token);
        await modality.Stream.WriteAsync(RawDicom.Abort(), Token);
        Assert.True(await modality.IsClosedAsync(Token));
        // Without an association the service has nothing to hear of it.
        Assert.Equal("closed ", await server.Events.NextAsync(Token));
    }

    [Theory]
    [InlineData("request", DicomAbortReason.UnexpectedPDU)]
    [InlineData("AC", DicomAbortReason.UnexpectedPDU)]
    [InlineData("RJ", DicomAbortReason.UnexpectedPDU)]
    [InlineData("release response", DicomAbortReason.UnexpectedPDU)]
    [InlineData("no PDU", DicomAbortReason.UnrecognizedPDU)]
    public async Task Sta6_established_aborts_as_provider(string pdu, DicomAbortReason reason)
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        (FakeModality modality, _) = await FakeModality.AssociateAsync(server.Port, Token);
        using (modality)
        {
            await modality.Stream.WriteAsync(Bytes(pdu), Token);
            Assert.Equal(reason, await modality.ReceiveAbortAsync(Token));
        }

        Assert.Equal($"abort ServiceProvider {reason}", await server.Events.NextAsync("abort", Token));
    }

    [Fact]
    public async Task Sta6_release_request_is_answered_and_nothing_after_it_is_processed()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        (FakeModality modality, _) = await FakeModality.AssociateAsync(server.Port, Token);
        using (modality)
        {
            await modality.Stream.WriteAsync(new byte[][] { RawDicom.ReleaseRq(), RawDicom.Store("1.2.3") }.SelectMany(b => b).ToArray(), Token);
            Assert.Equal(PduType.AReleaseRp, (await modality.ReceiveAsync(Token)).Type);
            Assert.True(await modality.IsClosedAsync(Token));
        }

        Assert.Equal("closed ", await server.Events.NextAsync("closed", Token));
        Assert.Empty(Directory.GetFiles(_received.Path));
    }

    [Theory]
    [InlineData("request", DicomAbortReason.UnexpectedPDU)]
    [InlineData("no PDU", DicomAbortReason.UnrecognizedPDU)]
    public async Task Sta7_acceptor_that_asked_for_release_aborts_as_provider(string pdu, DicomAbortReason reason)
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        using FakeModality modality = await AskedForReleaseAsync(server);
        await modality.Stream.WriteAsync(Bytes(pdu), Token);
        Assert.Equal(reason, await modality.ReceiveAbortAsync(Token));
    }

    [Fact]
    public async Task Sta7_data_is_still_taken()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        using FakeModality modality = await AskedForReleaseAsync(server);
        await modality.Stream.WriteAsync(Data, Token);
        Assert.Equal(PduType.PDataTf, (await modality.ReceiveAsync(Token)).Type);
        await modality.SendAsync(PduType.AReleaseRp, AReleaseRp.Write, Token);
        Assert.True(await modality.IsClosedAsync(Token));
        Assert.Equal("closed ", await server.Events.NextAsync("closed", Token));
    }

    [Theory]
    [InlineData("data")]
    [InlineData("release request")]
    [InlineData("request")]
    public async Task Sta10_acceptor_in_a_release_collision_waits_for_the_response_alone(string pdu)
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        using FakeModality modality = await AskedForReleaseAsync(server);
        await modality.SendAsync(PduType.AReleaseRq, AReleaseRq.Write, Token);
        await modality.Stream.WriteAsync(Bytes(pdu), Token);
        Assert.Equal(DicomAbortReason.UnexpectedPDU, await modality.ReceiveAbortAsync(Token));
    }

    [Theory]
    [InlineData("data")]
    [InlineData("release request")]
    [InlineData("AC")]
    public async Task Sta11_requestor_in_a_release_collision_waits_for_the_response_alone(string pdu)
    {
        using FakePacs pacs = new();
        IDicomClient client = pacs.Client();
        client.ClientOptions.AssociationLingerTimeoutInMs = 0;
        await client.AddRequestAsync(new DicomCEchoRequest());
        Task sending = client.SendAsync(Token);
        await pacs.AcceptAsync(Token);
        await pacs.AnswerEchoAsync(Token);
        Assert.Equal(PduType.AReleaseRq, (await pacs.ReceiveAsync(Token)).Type);
        await pacs.SendAsync(PduType.AReleaseRq, AReleaseRq.Write, Token);
        Assert.Equal(PduType.AReleaseRp, (await pacs.ReceiveAsync(Token)).Type);
        await pacs.SendBytesAsync(Bytes(pdu), Token);
        AssertAbort(await pacs.ReceiveAsync(Token), DicomAbortReason.UnexpectedPDU);
        pacs.Dispose();
        // All was answered before: how the peer takes its leave changes nothing of that.
        await sending;
    }

    [Theory]
    [InlineData("request", DicomAbortReason.UnexpectedPDU)]
    [InlineData("data", DicomAbortReason.UnexpectedPDU)]
    [InlineData("release request", DicomAbortReason.UnexpectedPDU)]
    [InlineData("release response", DicomAbortReason.UnexpectedPDU)]
    [InlineData("no PDU", DicomAbortReason.UnrecognizedPDU)]
    public async Task Sta5_requestor_that_waits_for_the_answer_aborts_as_provider(string pdu, DicomAbortReason reason)
    {
        using FakePacs pacs = new();
        IDicomClient client = pacs.Client();
        await client.AddRequestAsync(new DicomCEchoRequest());
        Task sending = client.SendAsync(Token);
        await pacs.ConnectedAsync(Token);
        Assert.Equal(PduType.AAssociateRq, (await pacs.ReceiveAsync(Token)).Type);
        await pacs.SendBytesAsync(Bytes(pdu), Token);
        AssertAbort(await pacs.ReceiveAsync(Token), reason);
        DicomNetworkException e = await Assert.ThrowsAnyAsync<DicomNetworkException>(() => sending);
        Assert.Contains("127.0.0.1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sta5_abort_is_reported_with_its_source_and_reason()
    {
        using FakePacs pacs = new();
        IDicomClient client = pacs.Client();
        await client.AddRequestAsync(new DicomCEchoRequest());
        Task sending = client.SendAsync(Token);
        await pacs.ConnectedAsync(Token);
        await pacs.ReceiveAsync(Token);
        await pacs.SendAsync(PduType.AAbort, w => new AAbort(DicomAbortSource.ServiceProvider, DicomAbortReason.InvalidPDUParameter).Write(w), Token);
        DicomAssociationAbortedException e = await Assert.ThrowsAsync<DicomAssociationAbortedException>(() => sending);
        Assert.Equal((DicomAbortSource.ServiceProvider, DicomAbortReason.InvalidPDUParameter), (e.AbortSource, e.AbortReason));
    }

    [Fact]
    public async Task Sta6_release_request_of_the_acceptor_is_answered_and_reported_as_requests_without_answers()
    {
        using FakePacs pacs = new();
        IDicomClient client = pacs.Client();
        await client.AddRequestAsync(new DicomCEchoRequest());
        Task sending = client.SendAsync(Token);
        await pacs.AcceptAsync(Token);
        await pacs.ReceiveAsync(Token);
        await pacs.SendAsync(PduType.AReleaseRq, AReleaseRq.Write, Token);
        Assert.Equal(PduType.AReleaseRp, (await pacs.ReceiveAsync(Token)).Type);
        DicomNetworkException e = await Assert.ThrowsAnyAsync<DicomNetworkException>(() => sending);
        Assert.Contains("1 request(s) were not answered", e.Message, StringComparison.Ordinal);
    }

    private static byte[] Bytes(string pdu) => pdu switch
    {
        "request" => RawDicom.AssociateRq(),
        "AC" => [2, .. RawDicom.AssociateRq()[1..]],
        "RJ" => RawDicom.Pdu(3, [0, 1, 1, 1]),
        "data" => Data,
        "release request" => RawDicom.ReleaseRq(),
        "release response" => RawDicom.Pdu(6, new byte[4]),
        _ => RawDicom.Pdu(0x99, new byte[4]),
    };

    private static void AssertAbort((PduType Type, byte[] Body) pdu, DicomAbortReason reason)
    {
        Assert.Equal(PduType.AAbort, pdu.Type);
        Assert.Equal(new AAbort(DicomAbortSource.ServiceProvider, reason), AAbort.Read(pdu.Body));
    }

    private static async Task<FakeModality> AskedForReleaseAsync(TestServer server)
    {
        (FakeModality modality, _) = await FakeModality.AssociateAsync(server.Port, Token);
        await server.Events.Service!.RequestReleaseAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(PduType.AReleaseRq, (await modality.ReceiveAsync(Token)).Type);
        return modality;
    }
}
