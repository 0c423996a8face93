using System.Text;
using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.UpperLayer;
using DicomRn.TestSupport;
using Microsoft.Extensions.Time.Testing;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>Peers that break the protocol harm their own connection and no other.</summary>
public sealed class RudePeerTests : IDisposable
{
    private readonly TemporaryFolder _received = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _received.Dispose();

    [Fact]
    public async Task Association_from_unknown_AE_is_rejected_and_nothing_more_is_processed()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path, CallingAes = ["TESTSCU"] });
        using (FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token))
        {
            await modality.SendAsync(PduType.AAssociateRq, w => FakeModality.Request("STRANGER").Write(w), Token);
            (PduType type, byte[] body) = await modality.ReceiveAsync(Token);
            Assert.Equal((PduType.AAssociateRj, new AAssociateRj(1, 1, 3)), (type, AAssociateRj.Read(body)));

            await modality.SendDataAsync(1, true, true, FakeModality.StoreCommand("1.2.3"), Token);
            await modality.SendDataAsync(1, false, true, new byte[100], Token);
            Assert.True(await modality.IsClosedAsync(Token));
        }

        Assert.Equal("request STRANGER>TESTSCP", await server.Events.NextAsync(Token));
        Assert.Equal("closed ", await server.Events.NextAsync(Token));
        Assert.Empty(Directory.GetFiles(_received.Path));
        Assert.Contains(server.Log.Lines, line => line.Contains("STRANGER@127.0.0.1", StringComparison.Ordinal) && line.Contains("CallingAENotRecognized", StringComparison.Ordinal));
        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token));
    }

    [Fact]
    public async Task PDU_longer_than_announced_aborts_with_invalid_parameter()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        server.Options.MaxPDULength = 16384;
        (FakeModality modality, AAssociateAc accepted) = await FakeModality.AssociateAsync(server.Port, Token);
        using (modality)
        {
            Assert.Equal(16384u, accepted.User.MaximumLength);
            await modality.SendDataAsync(1, true, true, FakeModality.StoreCommand("1.2.3"), Token);
            await modality.SendDataAsync(1, false, false, new byte[16384 - 6], Token);
            await modality.SendDataAsync(1, false, true, new byte[16384 - 4], Token);
            Assert.Equal(DicomAbortReason.InvalidPDUParameter, await modality.ReceiveAbortAsync(Token));
        }

        await AssertServedAsync(server);
        Assert.Contains(server.Log.Lines, line => line.Contains("16384 are allowed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Presentation_context_that_was_not_accepted_aborts()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        (FakeModality modality, _) = await FakeModality.AssociateAsync(server.Port, Token);
        using (modality)
        {
            await modality.SendDataAsync(5, true, true, FakeModality.StoreCommand("1.2.3"), Token);
            Assert.Equal(DicomAbortReason.InvalidPDUParameter, await modality.ReceiveAbortAsync(Token));
        }

        await AssertServedAsync(server);
    }

    [Fact]
    public async Task Abort_in_the_middle_of_a_data_set_removes_the_partial_file()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        (FakeModality modality, _) = await FakeModality.AssociateAsync(server.Port, Token);
        using (modality)
        {
            await modality.SendDataAsync(1, true, true, FakeModality.StoreCommand("1.2.3"), Token);
            await modality.SendDataAsync(1, false, false, new byte[4000], Token);
            await modality.SendAsync(PduType.AAbort, w => new AAbort(DicomAbortSource.ServiceUser, 0).Write(w), Token);
            Assert.Equal("failed DicomAssociationAbortedException", await server.Events.NextAsync("failed", Token));
            Assert.Equal("abort ServiceUser NotSpecified", await server.Events.NextAsync(Token));
            Assert.Equal("closed ", await server.Events.NextAsync(Token));
        }

        await AssertServedAsync(server);
    }

    [Fact]
    public async Task Connection_lost_in_the_middle_of_a_data_set_removes_the_partial_file()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        (FakeModality modality, _) = await FakeModality.AssociateAsync(server.Port, Token);
        await modality.SendDataAsync(1, true, true, FakeModality.StoreCommand("1.2.3"), Token);
        await modality.SendDataAsync(1, false, false, new byte[4000], Token);
        modality.Dispose();
        await server.Events.NextAsync("failed", Token);
        Assert.Equal("closed ConnectionClosedPrematurelyException", await server.Events.NextAsync("closed", Token));
        await AssertServedAsync(server);
    }

    [Fact]
    public async Task HTTP_request_is_aborted_as_no_PDU()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        using (FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token))
        {
            await modality.Stream.WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"), Token);
            Assert.Equal(DicomAbortReason.NotSpecified, await modality.ReceiveAbortAsync(Token, DicomAbortSource.ServiceUser));
        }

        await AssertServedAsync(server);
        Assert.Contains(server.Log.Lines, line => line.Contains("0x47", StringComparison.Ordinal) && line.Contains("127.0.0.1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Silent_connection_is_closed_by_ARTIM()
    {
        FakeTimeProvider time = new();
        await using TestServer server = new(new StoreLog { Folder = _received.Path }, time: time);
        using FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token);
        // Half a request does not stop the timer.
        await modality.Stream.WriteAsync(new byte[] { 1, 0, 0, 0 }, Token);
        Task<bool> closed = modality.IsClosedAsync(Token);
        // Before there is a request, nothing else can be over.
        await time.AdvanceUntilAsync(TimeSpan.FromSeconds(31), closed, static () => true);
        Assert.True(await closed);
        Assert.Equal("closed DicomNetworkException", await server.Events.NextAsync(Token));
        Assert.Contains(server.Log.Lines, line => line.Contains("association request did not come within 30 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rest_of_a_PDU_that_does_not_come_aborts()
    {
        FakeTimeProvider time = new();
        await using TestServer server = new(new StoreLog { Folder = _received.Path }, time: time);
        (FakeModality modality, _) = await FakeModality.AssociateAsync(server.Port, Token);
        using (modality)
        {
            await modality.Stream.WriteAsync(new byte[] { 4, 0, 0, 0, 1 }, Token);
            Task<DicomAbortReason> aborted = modality.ReceiveAbortAsync(Token);
            await time.AdvanceUntilAsync(TimeSpan.FromSeconds(25), aborted, () => server.Awaits("the rest of a PDU"));
        }

        Assert.Contains(server.Log.Lines, line => line.Contains("the rest of a PDU did not come within 60 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Association_without_messages_is_closed_after_its_time()
    {
        FakeTimeProvider time = new();
        await using TestServer server = new(new StoreLog { Folder = _received.Path }, time: time);
        (FakeModality modality, _) = await FakeModality.AssociateAsync(server.Port, Token);
        using (modality)
            await time.AdvanceUntilAsync(TimeSpan.FromSeconds(29), modality.ReceiveAbortAsync(Token), () => server.Awaits("a message"));
        Assert.Contains(server.Log.Lines, line => line.Contains("a message did not come within 600 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connections_without_association_do_not_use_up_the_places()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path }, maximumClients: 1);
        List<FakeModality> silent = [];
        for (int i = 0; i < 20; i++)
            silent.Add(await FakeModality.ConnectAsync(server.Port, Token));
        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token));
        silent.ForEach(modality => modality.Dispose());
    }

    [Fact]
    public async Task Association_beyond_the_limit_is_rejected_as_transient_local_limit_and_the_place_comes_back()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path }, maximumClients: 1);
        (FakeModality first, _) = await FakeModality.AssociateAsync(server.Port, Token);
        using (FakeModality second = await FakeModality.ConnectAsync(server.Port, Token))
        {
            await second.SendAsync(PduType.AAssociateRq, w => FakeModality.Request().Write(w), Token);
            (PduType type, byte[] body) = await second.ReceiveAsync(Token);
            Assert.Equal((PduType.AAssociateRj, new AAssociateRj(2, 3, 2)), (type, AAssociateRj.Read(body)));
        }

        await first.SendAsync(PduType.AReleaseRq, AReleaseRq.Write, Token);
        Assert.Equal(PduType.AReleaseRp, (await first.ReceiveAsync(Token)).Type);
        first.Dispose();
        await server.Events.NextAsync("closed", Token);
        await server.Events.NextAsync("closed", Token);
        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token));
    }

    [Fact]
    public async Task Request_that_the_service_does_not_decide_on_is_rejected()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path, Decides = false });
        using FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token);
        await modality.SendAsync(PduType.AAssociateRq, w => FakeModality.Request().Write(w), Token);
        Assert.Equal(PduType.AAssociateRj, (await modality.ReceiveAsync(Token)).Type);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData(".")]
    public async Task SOP_instance_UID_that_is_none_is_answered_0117_and_no_file_is_made(string uid)
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        (FakeModality modality, _) = await FakeModality.AssociateAsync(server.Port, Token);
        using (modality)
        {
            await modality.SendDataAsync(1, true, true, FakeModality.StoreCommand(uid), Token);
            await modality.SendDataAsync(1, false, true, new byte[100], Token);
            Assert.Equal(0x0117, (await modality.ReceiveStatusAsync(Token)).Code);
        }

        Assert.Empty(Directory.GetFiles(_received.Path));
    }

    [Fact]
    public async Task SOP_class_of_another_context_is_answered_0122()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        (FakeModality modality, _) = await FakeModality.AssociateAsync(server.Port, Token);
        using (modality)
        {
            await modality.SendDataAsync(1, true, true, FakeModality.StoreCommand("1.2.3", DicomUID.CTImageStorage.UID), Token);
            await modality.SendDataAsync(1, false, true, new byte[100], Token);
            Assert.Equal(0x0122, (await modality.ReceiveStatusAsync(Token)).Code);
        }
    }

    [Fact]
    public async Task Data_set_that_is_none_is_answered_with_a_failure_and_its_file_removed()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        (FakeModality modality, _) = await FakeModality.AssociateAsync(server.Port, Token);
        using (modality)
        {
            await modality.SendDataAsync(1, true, true, FakeModality.StoreCommand("1.2.3"), Token);
            byte[] broken = [8, 0, 0x18, 0, (byte)'U', (byte)'I', 0xFF, 0x7F, .. "1.2"u8];
            await modality.SendDataAsync(1, false, true, broken, Token);
            Assert.Equal(0xC000, (await modality.ReceiveStatusAsync(Token)).Code);
            await server.Events.NextAsync("failed", Token);
        }

        Assert.Empty(Directory.GetFiles(_received.Path));
    }

    [Fact]
    public async Task Command_set_beyond_its_bound_aborts()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        (FakeModality modality, _) = await FakeModality.AssociateAsync(server.Port, Token);
        using (modality)
        {
            await modality.SendDataAsync(1, true, false, new byte[40_000], Token);
            await modality.SendDataAsync(1, true, false, new byte[40_000], Token);
            Assert.Equal(DicomAbortReason.InvalidPDUParameter, await modality.ReceiveAbortAsync(Token));
        }
    }

    [Fact]
    public async Task Data_set_without_a_command_set_aborts()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        (FakeModality modality, _) = await FakeModality.AssociateAsync(server.Port, Token);
        using (modality)
        {
            await modality.SendDataAsync(1, false, true, new byte[100], Token);
            Assert.Equal(DicomAbortReason.UnexpectedPDUParameter, await modality.ReceiveAbortAsync(Token));
        }
    }

    [Fact]
    public async Task Second_association_request_aborts_as_unexpected()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        (FakeModality modality, _) = await FakeModality.AssociateAsync(server.Port, Token);
        using (modality)
        {
            await modality.SendAsync(PduType.AAssociateRq, w => FakeModality.Request().Write(w), Token);
            Assert.Equal(DicomAbortReason.UnexpectedPDU, await modality.ReceiveAbortAsync(Token));
        }
    }

    [Fact]
    public async Task Release_collision_ends_in_order_when_the_peer_requested_the_association()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        (FakeModality modality, _) = await FakeModality.AssociateAsync(server.Port, Token);
        using (modality)
        {
            await server.Events.Service!.RequestReleaseAsync(TimeSpan.FromSeconds(10));
            Assert.Equal(PduType.AReleaseRq, (await modality.ReceiveAsync(Token)).Type);
            await modality.SendAsync(PduType.AReleaseRq, AReleaseRq.Write, Token);
            await modality.SendAsync(PduType.AReleaseRp, AReleaseRp.Write, Token);
            Assert.Equal(PduType.AReleaseRp, (await modality.ReceiveAsync(Token)).Type);
            Assert.True(await modality.IsClosedAsync(Token));
        }

        Assert.Equal("closed ", await server.Events.NextAsync("closed", Token));
    }

    [Fact]
    public async Task Service_that_throws_on_the_request_ends_its_connection_and_gives_its_place_back()
    {
        StoreLog log = new() { Folder = _received.Path, Fault = new InvalidOperationException("provoked") };
        await using TestServer server = new(log, maximumClients: 1);
        using (FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token))
        {
            await modality.SendAsync(PduType.AAssociateRq, w => FakeModality.Request().Write(w), Token);
            Assert.Equal(DicomAbortReason.NotSpecified, await modality.ReceiveAbortAsync(Token));
        }

        await server.Events.NextAsync("closed", Token);
        log.Fault = null;
        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token));
    }

    /// <summary>Nothing of the broken connection is left, and the next association is served.</summary>
    private async Task AssertServedAsync(TestServer server)
    {
        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token));
        Assert.Empty(Directory.GetFiles(_received.Path));
    }
}
