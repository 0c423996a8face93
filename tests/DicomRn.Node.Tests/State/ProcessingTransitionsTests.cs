using DicomRn.Node.Pipeline;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.Tests.State;

public abstract class ProcessingTransitionsTests(StateProvider provider)
{
    private const int MaximumAttempts = 3;

    [Fact]
    public async Task A_crash_while_processing_makes_the_study_ready_again()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        await store.ProcessAsync();
        Assert.Equal(0, await store.Store.ResumeProcessingAsync(MaximumAttempts));

        await store.Store.EndLeasesOfEarlierRunAsync();
        Assert.Equal(1, await store.Store.ResumeProcessingAsync(MaximumAttempts));

        Assert.Equal(StudyState.Ready, (await store.StudyAsync()).State);
    }

    [Fact]
    public async Task A_study_that_ends_the_program_every_time_is_given_to_a_person()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        await store.ProcessAsync();
        for (int attempt = 2; attempt <= MaximumAttempts; attempt++)
        {
            await store.Store.EndLeasesOfEarlierRunAsync();
            await store.Store.ResumeProcessingAsync(MaximumAttempts);
            Assert.Equal(attempt, (await store.Store.BeginProcessingAsync())!.Attempt);
        }

        await store.Store.EndLeasesOfEarlierRunAsync();
        await store.Store.ResumeProcessingAsync(MaximumAttempts);

        StudyRecord study = await store.StudyAsync();
        Assert.Equal(StudyState.NeedsAttention, study.State);
        Assert.Equal("ProcessingInterrupted", study.ReasonCode);
        Assert.NotNull(study.WhatToDo);
    }

    [Fact]
    public async Task An_orderly_stop_does_not_count_as_an_attempt()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);

        await store.Store.ReleaseProcessingAsync(await store.ProcessAsync());

        Assert.Equal(0, (await store.StudyAsync()).Attempts);
        Assert.Equal(StudyState.Ready, (await store.StudyAsync()).State);
    }

    [Fact]
    public async Task An_error_is_retried_after_its_delay_and_then_given_to_a_person_with_the_reason()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        StudyTask? task = await store.ProcessAsync();
        for (int attempt = 1; attempt < MaximumAttempts; attempt++)
        {
            await store.Store.FailProcessingAsync(task!, "No model.", MaximumAttempts, TimeSpan.FromSeconds(30));
            Assert.Null(await store.Store.BeginProcessingAsync());
            store.Clock.Advance(TimeSpan.FromSeconds(30));
            task = await store.Store.BeginProcessingAsync();
        }

        await store.Store.FailProcessingAsync(task!, "No model.", MaximumAttempts, TimeSpan.FromSeconds(30));

        StudyRecord study = await store.StudyAsync();
        Assert.Equal(StudyState.NeedsAttention, study.State);
        Assert.Contains("No model.", study.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_are_queued_for_every_destination_in_the_same_transaction()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);

        await store.Store.FinishProcessingAsync(await store.ProcessAsync(), Results.Answered("9.1", "9.2"), ["A", "B"]);

        Assert.Equal(StudyState.Delivering, (await store.StudyAsync()).State);
        Assert.Equal(4, await store.Store.ReadAsync(db => db.Deliveries.CountAsync()));
    }

    [Fact]
    public async Task Nothing_to_do_ends_with_its_reason()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);

        await store.Store.FinishProcessingAsync(await store.ProcessAsync(), Results.NothingToDo, ["A"]);

        StudyRecord study = await store.StudyAsync();
        Assert.Equal(StudyState.NothingToDo, study.State);
        Assert.Equal(nameof(CannotAnswerReason.NoMrImages), study.ReasonCode);
    }

    [Fact]
    public async Task A_study_that_cannot_be_answered_needs_attention_once_its_report_is_delivered()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        await store.Store.FinishProcessingAsync(await store.ProcessAsync(), Results.CannotAnswer("9.1"), ["A"]);
        Assert.Equal(StudyState.Delivering, (await store.StudyAsync()).State);

        await store.DeliverAllAsync("A");

        StudyRecord study = await store.StudyAsync();
        Assert.Equal(StudyState.NeedsAttention, study.State);
        Assert.Equal(nameof(CannotAnswerReason.ContoursMissing), study.ReasonCode);
        Assert.Equal("Send the contours.", study.WhatToDo);
    }

    [Fact]
    public async Task A_late_instance_re_opens_the_study_and_the_overtaken_result_is_dropped()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        StudyTask task = await store.ProcessAsync();
        await store.ReceiveAsync("1.2");

        Assert.False(await store.Store.FinishProcessingAsync(task, Results.Answered("9.1"), ["A"]));

        StudyRecord study = await store.StudyAsync();
        Assert.Equal(StudyState.Assembling, study.State);
        Assert.Equal(2, study.Revision);
        Assert.Equal(0, await store.Store.ReadAsync(db => db.Deliveries.CountAsync()));
    }

    [Fact]
    public async Task A_repeat_with_the_same_results_sends_nothing_twice()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        await store.Store.FinishProcessingAsync(await store.ProcessAsync(), Results.Answered("9.1"), ["A"]);
        await store.DeliverAllAsync("A");
        Assert.Equal(StudyState.Delivered, (await store.StudyAsync()).State);

        await store.Store.FinishProcessingAsync(await store.ProcessAsync("1.2"), Results.Answered("9.1"), ["A"]);

        Assert.Equal(StudyState.Delivered, (await store.StudyAsync()).State);
        Assert.Equal(2, (await store.StudyAsync()).Revision);
        Assert.Empty(await store.DueAsync("A"));
    }

    [Fact]
    public async Task Our_own_result_coming_back_does_not_re_open_the_study()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        await store.Store.FinishProcessingAsync(await store.ProcessAsync(), Results.Answered("9.1"), ["A"]);
        await store.DeliverAllAsync("A");

        Assert.Equal(ReceiptOutcome.Recorded, await store.ReceiveAsync("9.1", isOwnResult: true));

        Assert.Equal(StudyState.Delivered, (await store.StudyAsync()).State);
    }

    [Fact]
    public async Task Results_without_a_destination_need_attention()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);

        await store.Store.FinishProcessingAsync(await store.ProcessAsync(), Results.Answered("9.1"), []);

        Assert.Equal("NoDestination", (await store.StudyAsync()).ReasonCode);
    }
}

public sealed class ProcessingTransitionsOnSqliteTests() : ProcessingTransitionsTests(StateProvider.Sqlite);

public sealed class ProcessingTransitionsOnPostgresTests() : ProcessingTransitionsTests(StateProvider.PostgreSql);
