using DicomRn.Node.Delivery;
using DicomRn.Node.Pipeline;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;

namespace DicomRn.Node.Tests.Delivery;

public class DeliveryOrderTests
{
    private const string Root = "1.2.826.0.1.3680043.2.1.9.";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Report_goes_after_what_it_refers_to_on_the_same_association()
    {
        using NodeFolder folder = new();
        await using Outbox outbox = await Outbox.OpenAsync(folder);
        await outbox.QueueAsync(null, (ResultKind.SR, Root + "1"), (ResultKind.SEG, Root + "2"), (ResultKind.SC, Root + "3"));
        using ArchivePacs pacs = new();

        await outbox.Queue(pacs.Port).SendDueAsync(Cancelled);

        Assert.Equal([Root + "2", Root + "3", Root + "1"], pacs.Received);
        Assert.Equal(1, pacs.Associations);
    }

    [Fact]
    public async Task Report_waits_as_long_as_what_it_refers_to_is_refused_for_now()
    {
        using NodeFolder folder = new();
        await using Outbox outbox = await Outbox.OpenAsync(folder);
        await outbox.QueueAsync(null, (ResultKind.SR, Root + "1"), (ResultKind.SEG, Root + "2"), (ResultKind.SC, Root + "3"));
        bool isFull = true;
        using ArchivePacs pacs = new() { Answer = sop => isFull && sop == Root + "2" ? DicomStatus.StorageStorageOutOfResources : DicomStatus.Success };
        DestinationQueue queue = outbox.Queue(pacs.Port);

        await queue.SendDueAsync(Cancelled);
        Assert.Equal([Root + "2", Root + "3"], pacs.Received);
        Assert.Equal(2, (await outbox.DeliveriesAsync()).Where(d => d.State == DeliveryState.Queued).Select(d => d.Attempts).Sum());

        isFull = false;
        await outbox.AdvanceToNextAsync();
        await queue.SendDueAsync(Cancelled);
        Assert.Equal([Root + "2", Root + "3", Root + "2", Root + "1"], pacs.Received);
        Assert.Equal(StudyState.Delivered, (await outbox.Store.StudyAsync()).State);
    }

    [Fact]
    public async Task Report_goes_where_what_it_refers_to_was_refused_for_good()
    {
        using NodeFolder folder = new();
        await using Outbox outbox = await Outbox.OpenAsync(folder);
        await outbox.QueueAsync(null, (ResultKind.SR, Root + "1"), (ResultKind.SEG, Root + "2"));
        using ArchivePacs pacs = new() { Answer = sop => sop == Root + "2" ? DicomStatus.StorageCannotUnderstand : DicomStatus.Success };

        await outbox.Queue(pacs.Port).SendDueAsync(Cancelled);

        Assert.Equal([Root + "2", Root + "1"], pacs.Received);
        Assert.Equal(StudyState.FailedDelivery, (await outbox.Store.StudyAsync()).State);
    }

    [Fact]
    public async Task Later_revision_goes_after_the_one_before_so_that_its_predecessor_is_there()
    {
        using NodeFolder folder = new();
        await using Outbox outbox = await Outbox.OpenAsync(folder);
        await outbox.QueueAsync(null, (ResultKind.SR, Root + "1"), (ResultKind.SEG, Root + "2"));
        bool isFull = true;
        using ArchivePacs pacs = new() { Answer = _ => isFull ? DicomStatus.StorageStorageOutOfResources : DicomStatus.Success };
        DestinationQueue queue = outbox.Queue(pacs.Port);
        await queue.SendDueAsync(Cancelled);
        await outbox.QueueAsync(null, (ResultKind.SR, Root + "3"), (ResultKind.SEG, Root + "4"));
        Assert.Equal(2, (await outbox.Store.StudyAsync()).Revision);

        outbox.Store.Clock.Advance(TimeSpan.FromMinutes(15));
        int before = pacs.Received.Count;
        await queue.SendDueAsync(Cancelled);
        Assert.Equal([Root + "2"], pacs.Received.Skip(before));

        isFull = false;
        outbox.Store.Clock.Advance(TimeSpan.FromMinutes(15));
        before = pacs.Received.Count;
        await queue.SendDueAsync(Cancelled);
        Assert.Equal([Root + "2", Root + "1", Root + "4", Root + "3"], pacs.Received.Skip(before));
        Assert.Equal(StudyState.Delivered, (await outbox.Store.StudyAsync()).State);
    }

    [Fact]
    public async Task Later_revision_that_is_due_before_the_one_ahead_waits_for_it_without_being_asked_again()
    {
        using NodeFolder folder = new();
        await using Outbox outbox = await Outbox.OpenAsync(folder, new DeliveryOptions
        {
            ImmediateRetries = 0,
            RetryDelay = TimeSpan.FromHours(3),
            MaximumRetryDelay = TimeSpan.FromHours(3),
        });
        await outbox.QueueAsync(Root + "1");
        using ArchivePacs pacs = new() { Answer = _ => DicomStatus.StorageStorageOutOfResources };
        DestinationQueue queue = outbox.Queue(pacs.Port);
        await queue.SendDueAsync(Cancelled);
        await outbox.QueueAsync(Root + "2");

        Assert.False(await queue.SendDueAsync(Cancelled));

        Assert.Single(pacs.Received);
        Assert.Single((await outbox.DeliveriesAsync()).Select(d => d.NextAttemptAt).Distinct());
        Assert.True(await outbox.Store.Store.NextDeliveryAsync(Outbox.Destination, Cancelled) > outbox.Store.Clock.GetUtcNow());
    }

    [Fact]
    public async Task One_study_does_not_wait_for_another()
    {
        using NodeFolder folder = new();
        await using Outbox outbox = await Outbox.OpenAsync(folder);
        await outbox.QueueAsync(Root + "1");
        using ArchivePacs pacs = new() { Answer = sop => sop == Root + "1" ? DicomStatus.StorageStorageOutOfResources : DicomStatus.Success };
        DestinationQueue queue = outbox.Queue(pacs.Port);
        await queue.SendDueAsync(Cancelled);

        const string Other = "1.2.826.0.1.3680043.2.1.2";
        await outbox.Store.ReceiveAsync("2.1", Other);
        outbox.Store.Clock.Advance(TimeSpan.FromSeconds(1));
        StudyTask task = await ProcessOtherAsync(outbox, Other);
        await outbox.Store.Store.FinishProcessingAsync(
            task, Results.Answered() with
            {
                StudyInstanceUid = Other,
                Results = [new ResultFile(await Instances.WriteResultAsync(folder, Root + "2"), ResultKind.SC, DicomUID.SecondaryCaptureImageStorage.UID, Root + "2", Root + "9")],
            },
            outbox.Routing);
        await queue.SendDueAsync(Cancelled);
        await queue.SendDueAsync(Cancelled);

        Assert.Contains(Root + "2", pacs.Received);
        Assert.Equal(StudyState.Delivered, (await outbox.Store.StudyAsync(Other)).State);
        Assert.Equal(StudyState.Delivering, (await outbox.Store.StudyAsync()).State);
    }

    [Fact]
    public async Task Destination_that_comes_back_after_days_gets_everything_once()
    {
        using NodeFolder folder = new();
        await using Outbox outbox = await Outbox.OpenAsync(folder, new DeliveryOptions
        {
            ImmediateRetries = 0,
            RetryDelay = TimeSpan.FromMinutes(1),
            MaximumRetryDelay = TimeSpan.FromDays(2),
            GiveUpAfter = TimeSpan.FromDays(30),
            BreakAfterFailures = 100,
        });
        await outbox.QueueAsync(null, (ResultKind.SEG, Root + "1"), (ResultKind.SR, Root + "2"));
        using ArchivePacs pacs = new();
        pacs.Dispose();
        DestinationQueue queue = outbox.Queue(pacs.Port);
        DateTimeOffset begin = outbox.Store.Clock.GetUtcNow();
        TimeSpan longest = TimeSpan.Zero;
        int attempts = 0;
        while (outbox.Store.Clock.GetUtcNow() - begin < TimeSpan.FromDays(7))
        {
            await queue.SendDueAsync(Cancelled);
            attempts++;
            TimeSpan wait = (await outbox.DeliveriesAsync())[0].NextAttemptAt - outbox.Store.Clock.GetUtcNow();
            longest = wait > longest ? wait : longest;
            await outbox.AdvanceToNextAsync();
        }

        Assert.InRange(attempts, 10, 20);
        Assert.InRange(longest, TimeSpan.FromDays(1.5), TimeSpan.FromDays(2.5));
        using ArchivePacs again = new(pacs.Port);
        await queue.SendDueAsync(Cancelled);
        Assert.Equal([Root + "1", Root + "2"], again.Received);
        Assert.False(await queue.SendDueAsync(Cancelled));
        Assert.Equal(StudyState.Delivered, (await outbox.Store.StudyAsync()).State);
    }

    [Fact]
    public async Task Same_results_of_a_repeat_are_not_sent_again()
    {
        using NodeFolder folder = new();
        await using Outbox outbox = await Outbox.OpenAsync(folder);
        using ArchivePacs pacs = new();
        await outbox.QueueAsync(Root + "1");
        await outbox.Queue(pacs.Port).SendDueAsync(Cancelled);
        await outbox.QueueAsync(Root + "1");

        Assert.False(await outbox.Queue(pacs.Port).SendDueAsync(Cancelled));

        Assert.Equal([Root + "1"], pacs.Received);
        Assert.Equal(StudyState.Delivered, (await outbox.Store.StudyAsync()).State);
    }

    [Fact]
    public async Task Results_for_a_destination_that_is_no_more_fail_with_the_reason()
    {
        using NodeFolder folder = new();
        await using Outbox outbox = await Outbox.OpenAsync(folder);
        await outbox.QueueAsync(Root + "1");

        Assert.Equal(1, await outbox.Store.Store.FailOtherDestinationsAsync(["OTHER"]));

        StudyRecord study = await outbox.Store.StudyAsync();
        Assert.Equal(StudyState.FailedDelivery, study.State);
        Assert.Contains("No peer PACS receives results any more", study.Reason, StringComparison.Ordinal);
    }

    private static async Task<StudyTask> ProcessOtherAsync(Outbox outbox, string study)
    {
        outbox.Store.Clock.Advance(TimeSpan.FromSeconds(60));
        await outbox.Store.Store.CompleteDueStudiesAsync();
        StudyTask? task = await outbox.Store.Store.BeginProcessingAsync();
        Assert.Equal(study, task?.StudyInstanceUid);
        return task!;
    }
}
