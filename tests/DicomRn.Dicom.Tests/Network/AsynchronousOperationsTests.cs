using System.Collections.Concurrent;
using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Client;
using DicomRn.Dicom.Network.Dimse;
using DicomRn.Dicom.Network.UpperLayer;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>Several operations outstanding on one association (PS3.7 D.3.3.3).</summary>
public sealed class AsynchronousOperationsTests : IDisposable
{
    private readonly TemporaryFolder _received = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _received.Dispose();

    [Theory]
    [InlineData(null, 8, 1)]
    [InlineData(4, 8, 4)]
    [InlineData(8, 4, 4)]
    [InlineData(0, 4, 4)]
    [InlineData(4, 0, 4)]
    [InlineData(0, 0, 0)]
    public async Task Window_is_the_smaller_of_what_is_asked_for_and_what_is_allowed(int? allowed, int asked, int expected)
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path, Window = allowed });
        (FakeModality modality, AAssociateAc accepted) =
            await FakeModality.AssociateAsync(server.Port, Token, new AsynchronousOperationsWindow((ushort)asked, 5));
        modality.Dispose();
        Assert.Equal(new AsynchronousOperationsWindow((ushort)expected, 1), accepted.User.AsynchronousOperations);
    }

    [Fact]
    public async Task Instances_are_received_while_earlier_ones_are_performed_and_answered_in_the_order_they_get_done()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path, Window = 3, Answer = AtItsGateAsync });
        (FakeModality modality, _) = await FakeModality.AssociateAsync(server.Port, Token, new AsynchronousOperationsWindow(3, 1));
        using (modality)
        {
            foreach (ushort id in new ushort[] { 11, 12, 13 })
                await modality.SendInstanceAsync(id, $"1.2.{id}", Token);
            foreach (ushort id in new ushort[] { 13, 11, 12 })
            {
                Gate($"1.2.{id}").SetResult();
                DicomCStoreResponse response = await modality.ReceiveResponseAsync(Token);
                Assert.Equal((id, DicomStatus.Success, $"1.2.{id}"),
                    (response.RequestMessageID, response.Status, response.AffectedSOPInstanceUID!.UID));
            }

            await modality.SendAsync(PduType.AReleaseRq, AReleaseRq.Write, Token);
            Assert.Equal(PduType.AReleaseRp, (await modality.ReceiveAsync(Token)).Type);
        }

        foreach (ushort id in new ushort[] { 11, 12, 13 })
            Assert.Equal($"1.2.{id}", DicomFile.Open(_received[$"1.2.{id}.dcm"]).Dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID));
    }

    [Fact]
    public async Task Message_ID_that_is_outstanding_is_answered_0210()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path, Window = 3, Answer = AtItsGateAsync });
        (FakeModality modality, _) = await FakeModality.AssociateAsync(server.Port, Token, new AsynchronousOperationsWindow(3, 1));
        using (modality)
        {
            await modality.SendInstanceAsync(5, "1.2.1", Token);
            await modality.SendInstanceAsync(5, "1.2.2", Token);
            Assert.Equal(DicomStatus.DuplicateInvocation, await modality.ReceiveStatusAsync(Token));
            Gate("1.2.1").SetResult();
            Assert.Equal(DicomStatus.Success, await modality.ReceiveStatusAsync(Token));
        }

        Assert.False(File.Exists(_received["1.2.2.dcm"]));
    }

    [Fact]
    public async Task Operation_beyond_the_window_waits_until_one_is_answered()
    {
        OperationsWindow window = new() { Size = 2 };
        DicomCEchoRequest first = new();
        Assert.True(await window.EnterAsync(first));
        Assert.True(await window.EnterAsync(new DicomCEchoRequest()));
        Task<bool> third = window.EnterAsync(new DicomCEchoRequest()).AsTask();
        Task empty = window.EndAsync();
        Assert.False(await window.EnterAsync(first));
        Assert.False(third.IsCompleted);
        window.Leave();
        Assert.True(await third.WaitAsync(Token));
        window.Leave();
        Assert.False(empty.IsCompleted);
        window.Leave();
        await empty.WaitAsync(Token);
    }

    [Fact]
    public async Task Message_ID_is_free_before_the_response_is_on_its_way()
    {
        OperationsWindow window = new() { Size = 2 };
        DicomCEchoRequest request = new();
        Assert.True(await window.EnterAsync(request));
        window.Answer(request);
        Assert.True(await window.EnterAsync(request));
        window.Leave();
        Assert.False(await window.EnterAsync(request));
    }

    [Fact]
    public async Task More_than_the_window_at_once_is_stored_all_the_same()
    {
        Lock counting = new();
        int atOnce = 0;
        int most = 0;
        await using TestServer server = new(new StoreLog
        {
            Folder = _received.Path,
            Window = 2,
            Answer = async _ =>
            {
                lock (counting)
                    most = Math.Max(most, ++atOnce);
                await Task.Yield();
                lock (counting)
                    atOnce--;
                return DicomStatus.Success;
            },
        });
        (FakeModality modality, _) = await FakeModality.AssociateAsync(server.Port, Token, new AsynchronousOperationsWindow(2, 1));
        using (modality)
        {
            for (ushort id = 1; id <= 50; id++)
                await modality.SendInstanceAsync(id, $"1.2.{id}", Token);
            HashSet<ushort> answered = [];
            for (int i = 0; i < 50; i++)
                Assert.True(answered.Add((await modality.ReceiveResponseAsync(Token)).RequestMessageID));
        }

        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task Client_and_server_of_this_stack_use_their_window()
    {
        int performing = 0;
        TaskCompletionSource four = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestServer server = new(new StoreLog
        {
            Folder = _received.Path,
            Window = 4,
            Answer = async _ =>
            {
                // Nobody is answered before four are performed at once.
                if (Interlocked.Increment(ref performing) == 4)
                    four.SetResult();
                await four.Task;
                return DicomStatus.Success;
            },
        });
        IDicomClient client = server.Client();
        client.NegotiateAsyncOps(8, 1);
        List<DicomStatus> statuses = await StoreTests.SendAsync(
            client, Enumerable.Range(0, 12).Select(_ => new DicomCStoreRequest(Instances.Mr())));
        Assert.Equal(Enumerable.Repeat(DicomStatus.Success, 12), statuses);
        Assert.Equal(12, Directory.GetFiles(_received.Path).Length);
    }

    [Fact]
    public async Task Temporary_files_of_several_outstanding_instances_are_kept_apart_and_removed()
    {
        using IDicomServer server = DicomServerFactory.Create<WindowScp>("127.0.0.1", 0);
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", server.Port, false, "TESTSCU", "TESTSCP");
        client.NegotiateAsyncOps(3, 1);
        Assert.Equal(
            Enumerable.Repeat(DicomStatus.Success, 3),
            await StoreTests.SendAsync(client, Enumerable.Range(0, 3).Select(_ => new DicomCStoreRequest(Instances.Mr()))));
        Assert.Equal(3, WindowScp.Paths.Distinct().Count());
        Assert.DoesNotContain(WindowScp.Paths, File.Exists);
    }

    private async Task<DicomStatus> AtItsGateAsync(DicomCStoreRequest request)
    {
        await Gate(request.SOPInstanceUID.UID).Task;
        return DicomStatus.Success;
    }

    private TaskCompletionSource Gate(string uid) =>
        _gates.GetOrAdd(uid, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
