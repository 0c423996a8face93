using DicomRn.Node.Administration;
using DicomRn.Node.Delivery;
using DicomRn.Node.Pipeline;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Tests.Delivery;

public class DestinationQueueTests
{
    private const string First = "1.2.826.0.1.3680043.2.1.9.1";
    private const string Second = "1.2.826.0.1.3680043.2.1.9.2";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_results_of_a_study_go_on_one_association()
    {
        using NodeFolder folder = new();
        await using TestStore store = await QueuedAsync(folder, First, Second);
        using FakePacs pacs = FakePacs.Willing();

        Assert.True(await Queue(store, pacs.Port).SendDueAsync(Cancelled));

        Assert.Equal([First, Second], pacs.Received.Order());
        Assert.Equal(1, pacs.Associations);
        Assert.Equal(StudyState.Delivered, (await store.StudyAsync()).State);
        Assert.False(await Queue(store, pacs.Port).SendDueAsync(Cancelled));
    }

    [Fact]
    public async Task Out_of_resources_is_tried_again_later_and_only_what_is_missing()
    {
        using NodeFolder folder = new();
        await using TestStore store = await QueuedAsync(folder, First, Second);
        int refusals = 1;
        using FakePacs pacs = new(sop => sop == Second && refusals-- > 0 ? DicomStatus.StorageStorageOutOfResources : DicomStatus.Success);
        DestinationQueue queue = Queue(store, pacs.Port);

        await queue.SendDueAsync(Cancelled);
        DeliveryRecord waiting = Assert.Single(await QueuedAsync(store));
        Assert.Equal(0xA700, waiting.LastStatus);
        Assert.Equal(1, waiting.Attempts);
        Assert.InRange(waiting.NextAttemptAt - store.Clock.GetUtcNow(), TimeSpan.FromSeconds(47), TimeSpan.FromSeconds(73));
        Assert.False(await queue.SendDueAsync(Cancelled));
        store.Clock.Advance(TimeSpan.FromSeconds(73));
        await queue.SendDueAsync(Cancelled);

        Assert.Equal(StudyState.Delivered, (await store.StudyAsync()).State);
        Assert.Equal([First, Second, Second], pacs.Received.Order());
    }

    [Fact]
    public async Task The_wait_doubles_with_every_failure_up_to_its_maximum()
    {
        using NodeFolder folder = new();
        await using TestStore store = await QueuedAsync(folder, First);
        using FakePacs pacs = new(_ => DicomStatus.StorageStorageOutOfResources);
        DestinationQueue queue = Queue(store, pacs.Port);
        foreach (int minutes in new[] { 1, 2, 4, 8, 10, 10 })
        {
            await queue.SendDueAsync(Cancelled);
            TimeSpan wait = Assert.Single(await QueuedAsync(store)).NextAttemptAt - store.Clock.GetUtcNow();
            Assert.InRange(wait, TimeSpan.FromMinutes(minutes) * 0.79, TimeSpan.FromMinutes(minutes) * 1.21);
            store.Clock.Advance(wait);
        }
    }

    [Fact]
    public async Task A_refusal_for_good_is_not_tried_again_and_the_study_says_why()
    {
        using NodeFolder folder = new();
        await using TestStore store = await QueuedAsync(folder, First, Second);
        using FakePacs pacs = new(sop => sop == First ? DicomStatus.StorageDataSetDoesNotMatchSOPClassError : DicomStatus.Success);

        await Queue(store, pacs.Port).SendDueAsync(Cancelled);

        StudyRecord study = await store.StudyAsync();
        Assert.Equal(StudyState.FailedDelivery, study.State);
        Assert.Contains("A900", study.Reason, StringComparison.Ordinal);
        Assert.Empty(await QueuedAsync(store));
    }

    [Fact]
    public async Task A_warning_counts_as_delivered()
    {
        using NodeFolder folder = new();
        await using TestStore store = await QueuedAsync(folder, First);
        using FakePacs pacs = new(_ => DicomStatus.StorageElementsDiscarded);

        await Queue(store, pacs.Port).SendDueAsync(Cancelled);

        Assert.Equal(StudyState.Delivered, (await store.StudyAsync()).State);
    }

    [Fact]
    public async Task A_dead_destination_gets_its_results_when_it_is_alive_again()
    {
        using NodeFolder folder = new();
        await using TestStore store = await QueuedAsync(folder, First);
        int port;
        using (FakePacs before = FakePacs.Willing())
            port = before.Port;
        DestinationQueue queue = Queue(store, port);

        await queue.SendDueAsync(Cancelled);
        Assert.NotNull(Assert.Single(await QueuedAsync(store)).LastError);
        using FakePacs after = FakePacs.Willing(port);
        store.Clock.Advance(TimeSpan.FromSeconds(73));
        await queue.SendDueAsync(Cancelled);

        Assert.Equal([First], after.Received);
        Assert.Equal(StudyState.Delivered, (await store.StudyAsync()).State);
    }

    [Fact]
    public async Task A_destination_that_stays_away_for_too_long_fails_the_delivery_and_can_be_retried()
    {
        using NodeFolder folder = new();
        await using TestStore store = await QueuedAsync(folder, First);
        using FakePacs pacs = new(_ => DicomStatus.StorageStorageOutOfResources);
        store.Clock.Advance(TimeSpan.FromDays(8));

        await Queue(store, pacs.Port).SendDueAsync(Cancelled);
        Assert.Equal(StudyState.FailedDelivery, (await store.StudyAsync()).State);

        using FakePacs willing = FakePacs.Willing();
        Assert.True(await store.Store.RetryDeliveryAsync(TestStore.Study));
        await Queue(store, willing.Port).SendDueAsync(Cancelled);
        Assert.Equal(StudyState.Delivered, (await store.StudyAsync()).State);
    }

    [Fact]
    public async Task The_outbox_survives_a_restart()
    {
        using NodeFolder folder = new();
        await (await QueuedAsync(folder, First)).DisposeAsync();
        await using TestStore store = await TestStore.OpenAsync(folder);
        using FakePacs pacs = FakePacs.Willing();

        store.Clock.Advance(TimeSpan.FromHours(1));
        await Queue(store, pacs.Port).SendDueAsync(Cancelled);

        Assert.Equal([First], pacs.Received);
    }

    [Fact]
    public async Task A_destination_that_keeps_failing_is_left_alone_for_a_while()
    {
        using NodeFolder folder = new();
        await using TestStore store = await QueuedAsync(folder, First);
        using FakePacs pacs = new(_ => DicomStatus.StorageStorageOutOfResources);
        DestinationQueue queue = Queue(store, pacs.Port, new DeliveryOptions
        {
            ImmediateRetries = 0,
            RetryDelay = TimeSpan.FromSeconds(1),
            BreakAfterFailures = 2,
            BreakDuration = TimeSpan.FromMinutes(5),
        });
        for (int attempt = 0; attempt < 2; attempt++)
        {
            await queue.SendDueAsync(Cancelled);
            store.Clock.Advance(TimeSpan.FromSeconds(3));
        }

        await queue.SendDueAsync(Cancelled);

        Assert.Equal(2, pacs.Associations);
        Assert.InRange(
            Assert.Single(await QueuedAsync(store)).NextAttemptAt - store.Clock.GetUtcNow(),
            TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_missing_result_file_fails_its_delivery_and_no_other()
    {
        using NodeFolder folder = new();
        await using TestStore store = await QueuedAsync(folder, First, Second);
        File.Delete(Path.Combine(folder.Path, First + ".dcm"));
        using FakePacs pacs = FakePacs.Willing();

        await Queue(store, pacs.Port).SendDueAsync(Cancelled);

        Assert.Equal([Second], pacs.Received);
        Assert.Equal(StudyState.FailedDelivery, (await store.StudyAsync()).State);
    }

    private static async Task<TestStore> QueuedAsync(NodeFolder folder, params string[] sops)
    {
        TestStore store = await TestStore.OpenAsync(folder);
        List<ResultFile> files = [];
        foreach (string sop in sops)
            files.Add(new ResultFile(
                await Instances.WriteResultAsync(folder, sop), ResultKind.SC,
                DicomUID.SecondaryCaptureImageStorage.UID, sop, Instances.Study + ".9"));
        await store.Store.FinishProcessingAsync(
            await store.ProcessAsync(), Results.Answered() with { Results = files }, ["PACS"]);
        return store;
    }

    private static DestinationQueue Queue(TestStore store, int port, DeliveryOptions? options = null) => new(
        new Destination(
            "PACS", new PeerCall { Host = "127.0.0.1", Port = port, CalledAeTitle = "PACS", CallingAeTitle = "DICOMRN" }, PeerCommitment.None),
        options ?? new DeliveryOptions
        {
            ImmediateRetries = 0,
            RetryDelay = TimeSpan.FromMinutes(1),
            MaximumRetryDelay = TimeSpan.FromMinutes(10),
            BreakAfterFailures = 100,
        },
        new RoutingTable(new NodeOptions(), new DeliveryOptions()), store.Store, store.Clock, NullLogger.Instance);

    private static Task<List<DeliveryRecord>> QueuedAsync(TestStore store) =>
        store.Store.ReadAsync(db => db.Deliveries.Where(d => d.State == DeliveryState.Queued).ToListAsync(Cancelled));
}
