using DicomRn.Node.Administration.Jobs;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.Tests.Administration.Jobs;

public sealed class StoreJobsTests : IDisposable
{
    private const string Study = "1.2.3";
    private readonly NodeFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Studies_are_listed_by_state_the_last_changed_first()
    {
        await using StoredStudies studies = await StoredStudies.OpenAsync(_folder);
        await studies.EndAsync("1.1", StudyState.Delivered);
        await studies.EndAsync("1.2", StudyState.NeedsAttention);
        await studies.EndAsync("1.3", StudyState.Delivered);

        Assert.Equal(["1.3", "1.2", "1.1"], await ListAsync(studies, new JobFilter([], null)));
        Assert.Equal(["1.3", "1.1"], await ListAsync(studies, new JobFilter([StudyState.Delivered], null)));
        Assert.Equal(["1.3"], await ListAsync(studies, new JobFilter([], null, 1)));
        Assert.Equal(["1.3"], await ListAsync(studies, new JobFilter([], studies.Store.Clock.GetUtcNow())));
    }

    [Fact]
    public async Task Details_tell_series_results_and_deliveries_with_their_last_error()
    {
        await using StoredStudies studies = await StoredStudies.OpenAsync(_folder);
        await studies.EndAsync(Study, StudyState.FailedDelivery);

        StudyJobDetails details = (await studies.Jobs.FindAsync(Study, Token))!;

        Assert.Equal(StudyState.FailedDelivery, details.Study.State);
        Assert.Contains("1 of 1 deliveries failed", details.Study.Reason, StringComparison.Ordinal);
        Assert.Equal((Study + ".1", 1, "MODALITY"), details.Series.Select(s => (s.SeriesInstanceUid, s.Instances, s.SourceAeTitle)).Single());
        Assert.Equal(Study + ".9", Assert.Single(details.Results).SopInstanceUid);
        DeliveryJob delivery = Assert.Single(details.Deliveries);
        Assert.Equal(("PACS", DeliveryState.Failed, 1, "Status 0122 SOP class not supported"),
            (delivery.Destination, delivery.State, delivery.Attempts, delivery.LastError));
        Assert.Null(delivery.NextAttemptAt);
        Assert.Null(await studies.Jobs.FindAsync("9.9", Token));
    }

    [Fact]
    public async Task Every_attempt_to_deliver_is_in_the_history()
    {
        await using StoredStudies studies = await StoredStudies.OpenAsync(_folder);
        await studies.EndAsync(Study, StudyState.Delivering);
        DueDelivery due = Assert.Single(await studies.Store.DueAsync("PACS"));
        await studies.Store.Store.RecordAttemptAsync(
            Study, [new DeliveryAttempt(due.Id, DeliveryState.Queued, null, "Connection refused", studies.Store.Clock.GetUtcNow())]);
        await studies.Store.Store.RecordAttemptAsync(Study, [new DeliveryAttempt(due.Id, DeliveryState.Delivered, 0, null, null)]);

        IReadOnlyList<DeliveryAttemptEntry> attempts = await studies.Jobs.GetDeliveriesAsync(new JobFilter([], null), Token);

        Assert.Equal(
            [(2, DeliveryState.Delivered, null), (1, DeliveryState.Queued, "Connection refused")],
            attempts.Select(a => (a.Attempt, a.State, a.Error)));
    }

    [Fact]
    public async Task Study_that_needs_attention_is_processed_again_with_its_attempts_counted_anew()
    {
        await using StoredStudies studies = await StoredStudies.OpenAsync(_folder);
        await studies.EndAsync(Study, StudyState.NeedsAttention);

        JobOutcome outcome = await studies.Jobs.RetryAsync(Study, "test", Token);

        Assert.Equal(JobResult.Done, outcome.Result);
        Assert.Equal(StudyState.Ready, await studies.StateAsync(Study));
        Assert.Equal(1, (await studies.Store.Store.BeginProcessingAsync())!.Attempt);
    }

    [Fact]
    public async Task Failed_delivery_goes_back_to_the_queue()
    {
        await using StoredStudies studies = await StoredStudies.OpenAsync(_folder);
        await studies.EndAsync(Study, StudyState.FailedDelivery);

        Assert.Equal(JobResult.Done, (await studies.Jobs.RetryAsync(Study, "test", Token)).Result);

        Assert.Equal(StudyState.Delivering, await studies.StateAsync(Study));
        Assert.Equal(0, Assert.Single(await studies.Store.DueAsync("PACS")).Attempts);
    }

    [Fact]
    public async Task Delivery_that_waits_for_its_next_attempt_waits_no_longer()
    {
        await using StoredStudies studies = await StoredStudies.OpenAsync(_folder);
        await studies.EndAsync(Study, StudyState.Delivering);
        DueDelivery due = Assert.Single(await studies.Store.DueAsync("PACS"));
        await studies.Store.Store.RecordAttemptAsync(
            Study, [new DeliveryAttempt(due.Id, DeliveryState.Queued, null, "Connection refused", studies.Store.Clock.GetUtcNow().AddHours(1))]);
        Assert.Empty(await studies.Store.DueAsync("PACS"));
        using StudySubscription changes = studies.Store.Feed.Subscribe();

        Assert.Equal(JobResult.Done, (await studies.Jobs.RetryAsync(Study, "test", Token)).Result);

        Assert.Single(await studies.Store.DueAsync("PACS"));
        await foreach (StudyChanged change in changes.WithCancellation(Token))
        {
            // What wakes the queue.
            Assert.Equal(StudyState.Delivering, change.To);
            break;
        }
    }

    [Theory]
    [InlineData(StudyState.Delivered)]
    [InlineData(StudyState.NothingToDo)]
    public async Task Study_that_is_finished_has_nothing_to_repeat(StudyState state)
    {
        await using StoredStudies studies = await StoredStudies.OpenAsync(_folder);
        await studies.EndAsync(Study, state);

        JobOutcome outcome = await studies.Jobs.RetryAsync(Study, "test", Token);

        Assert.Equal((JobResult.Refused, $"Study {Study} is {state}: there is nothing to repeat."), (outcome.Result, outcome.Message));
        Assert.Equal(JobResult.NotFound, (await studies.Jobs.RetryAsync("9.9", "test", Token)).Result);
    }

    [Fact]
    public async Task Study_of_two_patients_is_not_processed_on_demand()
    {
        await using StoredStudies studies = await StoredStudies.OpenAsync(_folder);
        await studies.Store.ReceiveAsync("1.1", Study, patient: 1);
        await studies.Store.ReceiveAsync("1.2", Study, patient: 2);
        studies.Store.Clock.Advance(TimeSpan.FromMinutes(1));
        await studies.Store.Store.CompleteDueStudiesAsync();

        JobOutcome outcome = await studies.Jobs.RetryAsync(Study, "test", Token);

        Assert.Equal(JobResult.Refused, outcome.Result);
        Assert.Equal(StudyState.NeedsAttention, await studies.StateAsync(Study));
    }

    [Theory]
    [InlineData(StudyState.Delivered)]
    [InlineData(StudyState.NeedsAttention)]
    [InlineData(StudyState.FailedDelivery)]
    [InlineData(StudyState.Delivering)]
    public async Task Discarded_study_is_gone_with_files_results_and_deliveries_and_its_deletion_is_recorded(StudyState state)
    {
        await using StoredStudies studies = await StoredStudies.OpenAsync(_folder);
        await studies.EndAsync(Study, state);

        JobOutcome outcome = await studies.Jobs.DiscardAsync(Study, "admin", "sent by mistake", Token);

        Assert.Equal(JobResult.Done, outcome.Result);
        Assert.Empty(studies.StudyFiles());
        (int studyRows, int instances, int results, int deliveries) = await studies.Store.Store.ReadAsync(async db =>
            (await db.Studies.CountAsync(Token), await db.Instances.CountAsync(Token), await db.Results.CountAsync(Token), await db.Deliveries.CountAsync(Token)));
        Assert.Equal((0, 0, 0, 0), (studyRows, instances, results, deliveries));
        DeletionEntry deletion = Assert.Single(await studies.Jobs.GetDeletionsAsync(new JobFilter([], null), Token));
        Assert.Equal(
            (Study, state, 1, "admin", "sent by mistake"),
            (deletion.StudyInstanceUid, deletion.State, deletion.Instances, deletion.By, deletion.Reason));
        Assert.True(deletion.Bytes > 1000);
        Assert.NotNull(deletion.FinishedAt);
    }

    [Fact]
    public async Task Study_that_is_being_processed_is_not_discarded()
    {
        await using StoredStudies studies = await StoredStudies.OpenAsync(_folder);
        await studies.Store.ProcessAsync();

        JobOutcome outcome = await studies.Jobs.DiscardAsync(TestStore.Study, "admin", "", Token);

        Assert.Equal(JobResult.Refused, outcome.Result);
        Assert.Equal(StudyState.Processing, await studies.StateAsync(TestStore.Study));
    }

    private static async Task<string[]> ListAsync(StoredStudies studies, JobFilter filter) =>
        [.. (await studies.Jobs.ListAsync(filter, Token)).Select(s => s.StudyInstanceUid)];
}
