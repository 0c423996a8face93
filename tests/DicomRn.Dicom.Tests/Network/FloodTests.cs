using System.Net.Sockets;
using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Client;
using DicomRn.Dicom.Network.UpperLayer;
using DicomRn.TestSupport;
using Microsoft.Extensions.Time.Testing;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>Peers that come in crowds, send without end or never read.</summary>
public sealed class FloodTests : IDisposable
{
    private readonly TemporaryFolder _received = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _received.Dispose();

    [Fact]
    public async Task Five_hundred_connections_at_once_are_all_answered_and_no_more_than_the_places_accepted()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path }, maximumClients: 40);
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        FakeModality[] modalities = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => FakeModality.ConnectAsync(server.Port, Token)));
        Task<PduType>[] answers = [.. modalities.Select(async modality =>
        {
            await go.Task;
            await modality.SendAsync(PduType.AAssociateRq, w => FakeModality.Request().Write(w), Token);
            (PduType type, byte[] body) = await modality.ReceiveAsync(Token);
            if (type == PduType.AAssociateRj)
                Assert.Equal(new AAssociateRj(2, 3, 2), AAssociateRj.Read(body));
            return type;
        })];
        go.SetResult();
        PduType[] types = await Task.WhenAll(answers);
        Assert.Equal(40, types.Count(type => type == PduType.AAssociateAc));
        Assert.Equal(460, types.Count(type => type == PduType.AAssociateRj));

        foreach (FakeModality modality in modalities)
            modality.Dispose();
        for (int i = 0; i < 500; i++)
            await server.Events.NextAsync("closed", Token);
        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token));
    }

    [Fact]
    public async Task Connections_beyond_the_bound_are_closed_at_once_and_the_log_says_so()
    {
        await using TestServer server = new(
            new StoreLog { Folder = _received.Path }, new ServiceLimits { ConnectionsWithoutAssociation = 20 });
        FakeModality[] modalities = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => FakeModality.ConnectAsync(server.Port, Token)));
        await server.Log.LineAsync(_ => server.Log.Lines.Count(IsRefusal) == 10, Token);
        foreach (FakeModality modality in modalities)
            modality.Dispose();
        for (int i = 0; i < 20; i++)
            await server.Events.NextAsync("closed", Token);
        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token));

        static bool IsRefusal(string line) => line.StartsWith("3003", StringComparison.Ordinal) && line.Contains("127.0.0.1:", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_of_128_contexts_times_60_syntaxes_are_answered_one_after_the_other()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        string[] syntaxes = [.. Enumerable.Range(0, 60).Select(i => $"1.2.840.10008.1.2.4.{i}")];
        AAssociateRq request = FakeModality.Request() with
        {
            PresentationContexts =
                [.. Enumerable.Range(0, 128).Select(i => new PresentationContextRq((byte)((2 * i) + 1), DicomUID.MRImageStorage.UID, syntaxes))],
        };
        for (int i = 0; i < 100; i++)
        {
            using FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token);
            await modality.SendAsync(PduType.AAssociateRq, request.Write, Token);
            AAssociateAc answer = AAssociateAc.Read((await modality.ReceiveAsync(Token)).Body);
            Assert.Equal(128, answer.PresentationContexts.Count);
        }

        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token));
    }

    [Fact]
    public async Task Acceptor_leaves_a_peer_that_never_reads()
    {
        FakeTimeProvider time = new();
        await using TestServer server = new(new StoreLog { Folder = _received.Path }, time: time);
        server.Options.TcpSendBufferSize = 4096;
        (FakeModality modality, _) = await FakeModality.AssociateAsync(server.Port, Token);
        modality.ReceiveBufferSize = 4096;
        Task flood = FloodAsync(modality.Stream);
        Task left = server.Log.LineAsync(
            line => line.Contains("127.0.0.1", StringComparison.Ordinal) && line.Contains("did not take what was sent to it", StringComparison.Ordinal), Token);
        await time.AdvanceUntilAsync(TimeSpan.FromSeconds(10), left, () => server.IsWriting);
        modality.Dispose();
        await flood;
        Assert.Equal("closed", (await server.Events.NextAsync("closed", Token))[..6]);
        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token));

        static async Task FloodAsync(NetworkStream stream)
        {
            byte[] echoes = [.. Enumerable.Repeat(RawDicom.Data(3, true, true, RawDicom.EchoCommand()), 1000).SelectMany(pdu => pdu)];
            try
            {
                while (true)
                    await stream.WriteAsync(echoes, Token);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The server had enough.
            }
        }
    }

    [Fact]
    public async Task Requestor_leaves_a_peer_that_never_reads()
    {
        using TemporaryFolder source = new();
        FakeTimeProvider time = new();
        using FakePacs pacs = new();
        DicomClient client = new("127.0.0.1", pacs.Port, null, "TESTSCU", "FAKEPACS")
        {
            Dependencies = new DicomServiceDependencies(Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, time),
        };
        client.ServiceOptions.TcpSendBufferSize = 4096;
        await client.AddRequestAsync(new DicomCStoreRequest(Instances.Mr(5000, 3000).Save(source)));
        Task sending = client.SendAsync(Token);
        await pacs.AcceptAsync(Token);
        // The association is there, and the requestor writes, when the first PDU comes.
        await pacs.ReceiveAsync(Token);
        Task failed = Assert.ThrowsAnyAsync<DicomNetworkException>(() => sending).ContinueWith(
            task => Assert.Contains("did not take what was sent to it within 60 s", task.Result.Message, StringComparison.Ordinal), Token);
        await time.AdvanceUntilAsync(TimeSpan.FromSeconds(10), failed, static () => true);
    }

    [Fact]
    public async Task Message_in_crumbs_is_no_progress()
    {
        FakeTimeProvider time = new();
        await using TestServer server = new(new StoreLog { Folder = _received.Path }, time: time);
        (FakeModality modality, _) = await FakeModality.AssociateAsync(server.Port, Token);
        using (modality)
        {
            await modality.SendDataAsync(1, true, true, FakeModality.StoreCommand("1.2.3"), Token);
            Task<string> aborted = server.Log.LineAsync(
                line => line.Contains("the rest of a message did not come within 60 s", StringComparison.Ordinal), Token);
            while (!aborted.IsCompleted)
            {
                // A whole PDU every ten seconds, of one byte; the first when the command has been read.
                if (server.Awaits("the rest of a message"))
                {
                    await modality.TrySendDataAsync(1, false, false, [0], Token);
                    time.Advance(TimeSpan.FromSeconds(10));
                }

                await Task.WhenAny(aborted, Task.Run(static () => Thread.Yield(), Token));
            }

            Assert.Contains("FAKEMOD@127.0.0.1", await aborted, StringComparison.Ordinal);
        }

        await server.Events.NextAsync("closed", Token);
        Assert.Empty(Directory.GetFiles(_received.Path));
    }
}
