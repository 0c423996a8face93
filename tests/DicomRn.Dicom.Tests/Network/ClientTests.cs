using System.Net;
using System.Net.Sockets;
using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Client;
using DicomRn.Dicom.Network.UpperLayer;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>The client against peers that reject, abort, hang or are not there, and its ways to end.</summary>
public sealed class ClientTests : IDisposable
{
    private readonly TemporaryFolder _received = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _received.Dispose();

    [Fact]
    public async Task Rejection_is_an_exception_that_names_peer_and_reason()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path, CallingAes = ["OTHER"] });
        IDicomClient client = server.Client();
        DicomRejectReason? raised = null;
        client.AssociationRejected += (_, e) => raised = e.Reason;
        await client.AddRequestAsync(new DicomCEchoRequest());
        DicomAssociationRejectedException e = await Assert.ThrowsAsync<DicomAssociationRejectedException>(() => client.SendAsync(Token));
        Assert.Equal(
            (DicomRejectResult.Permanent, DicomRejectSource.ServiceUser, DicomRejectReason.CallingAENotRecognized),
            (e.RejectResult, e.RejectSource, e.RejectReason));
        Assert.Contains($"127.0.0.1:{server.Port}", e.Message, StringComparison.Ordinal);
        Assert.Equal(DicomRejectReason.CallingAENotRecognized, raised);
    }

    [Fact]
    public async Task Nobody_listening_is_an_exception_that_names_the_peer()
    {
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", 1, false, "TESTSCU", "NOBODY");
        await client.AddRequestAsync(new DicomCEchoRequest());
        DicomNetworkException e = await Assert.ThrowsAsync<DicomNetworkException>(() => client.SendAsync(Token));
        Assert.Contains("NOBODY@127.0.0.1:1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Peer_that_does_not_answer_the_association_request_times_out()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port, false, "TESTSCU", "SILENT");
        client.ClientOptions.AssociationRequestTimeoutInMs = 500;
        client.ClientOptions.MaximumNumberOfConsecutiveTimedOutAssociationRequests = 2;
        int raised = 0;
        client.AssociationRequestTimedOut += (_, _) => raised++;
        await client.AddRequestAsync(new DicomCEchoRequest());
        DicomAssociationRequestTimedOutException e =
            await Assert.ThrowsAsync<DicomAssociationRequestTimedOutException>(() => client.SendAsync(Token));
        Assert.Contains("SILENT@127.0.0.1", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, raised);
    }

    [Fact]
    public async Task Abort_reports_how_many_requests_were_not_answered()
    {
        using FakePacs pacs = new();
        IDicomClient client = pacs.Client();
        for (int i = 0; i < 3; i++)
            await client.AddRequestAsync(new DicomCEchoRequest());
        Task sending = client.SendAsync(Token);
        await pacs.AcceptAsync(Token);
        Assert.Equal(PduType.PDataTf, (await pacs.ReceiveAsync(Token)).Type);
        await pacs.SendAsync(PduType.AAbort, w => new AAbort(DicomAbortSource.ServiceProvider, DicomAbortReason.UnexpectedPDU).Write(w), Token);
        DicomAssociationAbortedException e = await Assert.ThrowsAsync<DicomAssociationAbortedException>(() => sending);
        Assert.Equal((DicomAbortSource.ServiceProvider, DicomAbortReason.UnexpectedPDU), (e.AbortSource, e.AbortReason));
        Assert.Contains("3 request(s) were not answered", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_lost_reports_how_many_requests_were_not_answered()
    {
        using FakePacs pacs = new();
        IDicomClient client = pacs.Client();
        await client.AddRequestAsync(new DicomCEchoRequest());
        Task sending = client.SendAsync(Token);
        await pacs.AcceptAsync(Token);
        await pacs.ReceiveAsync(Token);
        pacs.Dispose();
        ConnectionClosedPrematurelyException e = await Assert.ThrowsAsync<ConnectionClosedPrematurelyException>(() => sending);
        Assert.Contains("1 request(s) were not answered", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_that_is_not_answered_times_out_and_aborts()
    {
        using FakePacs pacs = new();
        IDicomClient client = pacs.Client();
        client.ServiceOptions.RequestTimeout = TimeSpan.FromMilliseconds(50);
        bool raised = false;
        DicomCEchoRequest echo = new();
        echo.OnTimeout += (_, _) => raised = true;
        await client.AddRequestAsync(echo);
        Task sending = client.SendAsync(Token);
        await pacs.AcceptAsync(Token);
        await pacs.ReceiveAsync(Token);
        DicomRequestTimedOutException e = await Assert.ThrowsAsync<DicomRequestTimedOutException>(() => sending);
        Assert.Same(echo, e.Request);
        Assert.True(raised);
        Assert.Equal(PduType.AAbort, (await pacs.ReceiveAsync(Token)).Type);
    }

    [Fact]
    public async Task Release_collision_ends_in_order_when_this_side_requested_the_association()
    {
        using FakePacs pacs = new();
        IDicomClient client = pacs.Client();
        client.AdditionalPresentationContexts.Add(DicomPresentationContext.GetScpRolePresentationContext(DicomUID.Verification));
        client.ClientOptions.AssociationLingerTimeoutInMs = 0;
        await client.AddRequestAsync(new DicomCEchoRequest());
        bool released = false;
        client.AssociationReleased += (_, _) => released = true;
        Task sending = client.SendAsync(Token);
        await pacs.AcceptAsync(Token);
        await pacs.AnswerEchoAsync(Token);
        Assert.Equal(PduType.AReleaseRq, (await pacs.ReceiveAsync(Token)).Type);
        await pacs.SendAsync(PduType.AReleaseRq, AReleaseRq.Write, Token);
        Assert.Equal(PduType.AReleaseRp, (await pacs.ReceiveAsync(Token)).Type);
        await pacs.SendAsync(PduType.AReleaseRp, AReleaseRp.Write, Token);
        await sending;
        Assert.True(released);
    }

    [Theory]
    [InlineData(DicomClientCancellationMode.ImmediatelyReleaseAssociation, (int)PduType.AReleaseRq)]
    [InlineData(DicomClientCancellationMode.ImmediatelyAbortAssociation, (int)PduType.AAbort)]
    public async Task Cancellation_releases_or_aborts(DicomClientCancellationMode mode, int expected)
    {
        using FakePacs pacs = new();
        using CancellationTokenSource cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);
        IDicomClient client = pacs.Client();
        await client.AddRequestAsync(new DicomCEchoRequest());
        Task sending = client.SendAsync(cancelled.Token, mode);
        await pacs.AcceptAsync(Token);
        await pacs.ReceiveAsync(Token);
        await cancelled.CancelAsync();
        Assert.Equal((PduType)expected, (await pacs.ReceiveAsync(Token)).Type);
        if (mode == DicomClientCancellationMode.ImmediatelyReleaseAssociation)
            await pacs.SendAsync(PduType.AReleaseRp, AReleaseRp.Write, Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task Window_that_was_negotiated_is_used()
    {
        using FakePacs pacs = new();
        IDicomClient client = pacs.Client();
        client.ClientOptions.AssociationLingerTimeoutInMs = 0;
        client.NegotiateAsyncOps(2, 1);
        int answers = 0;
        for (int i = 0; i < 2; i++)
            await client.AddRequestAsync(new DicomCEchoRequest { OnResponseReceived = (_, _) => answers++ });
        Task sending = client.SendAsync(Token);
        await pacs.AcceptAsync(Token, new AsynchronousOperationsWindow(2, 1));
        byte[] first = (await pacs.ReceiveAsync(Token)).Body;
        byte[] second = (await pacs.ReceiveAsync(Token)).Body;
        await pacs.AnswerEchoAsync(second, Token);
        await pacs.AnswerEchoAsync(first, Token);
        await pacs.ReleaseAsync(Token);
        await sending;
        Assert.Equal(2, answers);
    }

    [Fact]
    public async Task Requests_beyond_the_limit_of_an_association_go_over_the_next()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        IDicomClient client = server.Client();
        client.ClientOptions.MaximumNumberOfRequestsPerAssociation = 2;
        int answers = 0;
        await client.AddRequestsAsync(Enumerable.Range(0, 5).Select(_ => new DicomCEchoRequest { OnResponseReceived = (_, _) => answers++ }));
        await client.SendAsync(Token);
        Assert.Equal(5, answers);
        Assert.Equal(3, server.Events.Drain().Count(e => e.StartsWith("request", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task File_that_is_gone_is_reported_and_the_others_are_sent()
    {
        using TemporaryFolder source = new();
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        string gone = Instances.Mr().Save(source);
        string there = Instances.Mr().Save(source);
        IDicomClient client = server.Client();
        List<DicomStatus> statuses = [];
        foreach (string path in new[] { gone, there })
            await client.AddRequestAsync(new DicomCStoreRequest(path) { OnResponseReceived = (_, response) => statuses.Add(response.Status) });
        File.Delete(gone);
        DicomNetworkException e = await Assert.ThrowsAsync<DicomNetworkException>(() => client.SendAsync(Token));
        Assert.Contains(gone, e.Message, StringComparison.Ordinal);
        Assert.Equal([DicomStatus.Success], statuses);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SEVENTEEN_LETTERS")]
    [InlineData("A\\B")]
    public void AE_title_that_is_none_is_refused(string title) =>
        Assert.Throws<ArgumentException>(() => DicomClientFactory.Create("127.0.0.1", 104, false, title, "PACS"));
}
