using DicomRn.Node.Fetching;
using DicomRn.Node.Pipeline;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;

namespace DicomRn.Node.Tests.State;

public abstract class FetchTransitionsTests(StateProvider provider)
{
    private const string Planning = "1.2.826.0.1.3680043.2.1.2";

    private static readonly FetchTerms Terms = new(
        HasPeers: true, OwnStore: true, Earlier: true, TimeSpan.FromMinutes(10), TimeSpan.FromHours(6), TimeSpan.FromDays(1));

    private static readonly WantedObjects Contours = new() { Contours = true };

    [Fact]
    public async Task Study_that_lacks_contours_waits_for_a_round_and_is_processed_again_as_the_same_attempt()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        await HoldAsync(store);
        Assert.Equal(StudyState.Fetching, (await store.StudyAsync()).State);
        Assert.Null(await store.Store.BeginProcessingAsync(Terms));

        FetchTask round = (await store.Store.BeginFetchAsync())!;
        Assert.Equal(Contours, round.Wanted with { Frames = Contours.Frames, DrawnOn = Contours.DrawnOn });
        Assert.Null(await store.Store.BeginFetchAsync());
        Assert.True(await store.Store.RecordFetchedAsync(round, [Fetched("5.1", store)], []));
        await store.Store.EndFetchAsync(round, [Entry(store)], null, Terms);

        StudyTask again = (await store.Store.BeginProcessingAsync(Terms))!;
        Assert.Equal((1, false), (again.Attempt, again.MayFetch));
        Assert.Equal(["fetched/5.1.dcm"], again.Fetched);
        Assert.Equal(1, (await store.StudyAsync()).Revision);
    }

    [Fact]
    public async Task A_peer_that_does_not_answer_is_waited_for_no_longer_than_the_settings_say()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        await HoldAsync(store);
        for (int n = 0; n < 3; n++)
        {
            FetchTask round = (await store.Store.BeginFetchAsync())!;
            Assert.Equal(n, round.Failures);
            await store.Store.EndFetchAsync(round, [], TimeSpan.FromMinutes(4), Terms);
            Assert.Equal(StudyState.Fetching, (await store.StudyAsync()).State);
            Assert.Null(await store.Store.BeginFetchAsync());
            store.Clock.Advance(TimeSpan.FromMinutes(n < 2 ? 4 : 2));
        }

        await store.Store.EndFetchAsync((await store.Store.BeginFetchAsync())!, [], TimeSpan.FromMinutes(4), Terms);

        Assert.Equal(StudyState.Ready, (await store.StudyAsync()).State);
    }

    [Fact]
    public async Task For_earlier_results_alone_nobody_waits_for_a_peer_that_is_away()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        await HoldAsync(store, new WantedObjects { Earlier = true });

        await store.Store.EndFetchAsync((await store.Store.BeginFetchAsync())!, [], TimeSpan.FromSeconds(30), Terms);

        Assert.Equal(StudyState.Ready, (await store.StudyAsync()).State);
    }

    [Fact]
    public async Task What_nobody_had_is_asked_for_again_until_the_limit_and_what_is_found_then_begins_a_new_revision()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        await CannotAnswerAsync(store);
        Assert.Null(await store.Store.BeginFetchAsync());

        store.Clock.Advance(TimeSpan.FromHours(6));
        await store.Store.EndFetchAsync((await store.Store.BeginFetchAsync())!, [], null, Terms);
        Assert.Equal(StudyState.NeedsAttention, (await store.StudyAsync()).State);
        store.Clock.Advance(TimeSpan.FromHours(6));
        FetchTask found = (await store.Store.BeginFetchAsync())!;
        await store.Store.RecordFetchedAsync(found, [Fetched("5.1", store)], []);
        await store.Store.EndFetchAsync(found, [], null, Terms);

        StudyRecord study = await store.StudyAsync();
        Assert.Equal((StudyState.Assembling, 2), (study.State, study.Revision));
        Assert.Equal(1, await store.Store.CompleteDueStudiesAsync());
        StudyTask again = (await store.Store.BeginProcessingAsync(Terms))!;
        Assert.Equal((2, false, "fetched/5.1.dcm"), (again.Revision, again.MayFetch, again.Fetched.Single()));
    }

    [Fact]
    public async Task It_is_not_asked_for_ever()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        await CannotAnswerAsync(store);
        int rounds = 0;
        for (int n = 0; n < 10; n++)
        {
            store.Clock.Advance(TimeSpan.FromHours(6));
            if (await store.Store.BeginFetchAsync() is not { } round)
                continue;
            rounds++;
            await store.Store.EndFetchAsync(round, [], null, Terms);
        }

        Assert.Equal(4, rounds);
        Assert.Null(await store.Store.NextFetchAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Another_study_of_the_patient_wakes_a_study_that_lacks_contours_and_one_of_another_patient_does_not()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        await CannotAnswerAsync(store);
        await ProcessAsync(store, "1.2.826.0.1.3680043.2.1.3", patient: 2);
        Assert.Null(await store.Store.BeginFetchAsync());

        await ProcessAsync(store, Planning, patient: 1);

        Assert.Equal(TestStore.Study, (await store.Store.BeginFetchAsync())?.StudyInstanceUid);
    }

    [Fact]
    public async Task A_study_alone_of_its_patient_waits_for_nothing_where_no_peer_is_asked()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        await store.ReceiveAsync("1.1");
        store.Clock.Advance(TimeSpan.FromSeconds(60));
        await store.Store.CompleteDueStudiesAsync();

        Assert.False((await store.Store.BeginProcessingAsync(Terms with { HasPeers = false }))!.MayFetch);
    }

    [Fact]
    public async Task A_round_that_the_program_died_in_is_done_again_with_what_it_had_recorded()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        await HoldAsync(store);
        FetchTask dead = (await store.Store.BeginFetchAsync())!;
        await store.Store.RecordFetchedAsync(dead, [Fetched("5.1", store)], []);

        await store.Store.EndLeasesOfEarlierRunAsync();
        FetchTask round = (await store.Store.BeginFetchAsync())!;

        Assert.Equal(["5.1"], round.Fetched.Select(f => f.SopInstanceUid));
        await Assert.ThrowsAsync<LeaseLostException>(() => store.Store.EndFetchAsync(dead, [], null, Terms));
        await store.Store.EndFetchAsync(round, [], null, Terms);
        Assert.Equal(StudyState.Ready, (await store.StudyAsync()).State);
    }

    [Fact]
    public async Task A_late_instance_goes_before_a_round_and_the_next_run_asks_anew()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        await HoldAsync(store);
        FetchTask round = (await store.Store.BeginFetchAsync())!;
        await store.ReceiveAsync("1.2");
        await store.Store.EndFetchAsync(round, [], null, Terms);
        Assert.Equal(StudyState.Assembling, (await store.StudyAsync()).State);
        store.Clock.Advance(TimeSpan.FromSeconds(60));
        await store.Store.CompleteDueStudiesAsync();

        StudyTask again = (await store.Store.BeginProcessingAsync(Terms))!;

        Assert.Equal((2, true), (again.Revision, again.MayFetch));
    }

    private static FetchEntry Entry(TestStore store) => new(store.Clock.GetUtcNow(), "PACS", FetchEntryKind.Asked, "studies of the patient: 1 found");

    private static FetchedInstanceRecord Fetched(string sop, TestStore store) => new()
    {
        StudyInstanceUid = TestStore.Study,
        SopInstanceUid = sop,
        SopClassUid = "1.2.840.10008.5.1.4.1.1.481.3",
        SeriesInstanceUid = "5",
        OwnStudyInstanceUid = Planning,
        Path = $"fetched/{sop}.dcm",
        Size = 10,
        Source = "PACS",
        At = store.Clock.GetUtcNow(),
    };

    private static async Task HoldAsync(TestStore store, WantedObjects? wanted = null)
    {
        await store.ReceiveAsync("1.1");
        store.Clock.Advance(TimeSpan.FromSeconds(60));
        await store.Store.CompleteDueStudiesAsync();
        StudyTask task = (await store.Store.BeginProcessingAsync(Terms))!;
        Assert.True(task.MayFetch);
        StudyResult interim = new()
        {
            StudyInstanceUid = TestStore.Study,
            Outcome = StudyOutcome.CannotAnswer,
            IsInterim = true,
            Wanted = wanted ?? Contours,
        };
        Assert.True(await store.Store.FinishProcessingAsync(task, interim, new RouteToAll([]), Terms));
    }

    /// <summary>A study that nobody had contours for, reported as such.</summary>
    private static async Task CannotAnswerAsync(TestStore store)
    {
        await HoldAsync(store);
        await store.Store.EndFetchAsync((await store.Store.BeginFetchAsync())!, [], null, Terms);
        StudyTask task = (await store.Store.BeginProcessingAsync(Terms))!;
        await store.Store.FinishProcessingAsync(task, Results.CannotAnswer("9.1") with { Wanted = Contours }, new RouteToAll(["A"]), Terms);
        await store.DeliverAllAsync("A");
    }

    private static async Task ProcessAsync(TestStore store, string study, byte patient)
    {
        await store.ReceiveAsync(study + ".1.1", study, patient);
        store.Clock.Advance(TimeSpan.FromSeconds(60));
        await store.Store.CompleteDueStudiesAsync();
        StudyTask task = (await store.Store.BeginProcessingAsync(Terms))!;
        await store.Store.FinishProcessingAsync(task, Results.NothingToDo with { StudyInstanceUid = study }, new RouteToAll([]), Terms);
    }
}

public sealed class FetchTransitionsOnSqliteTests() : FetchTransitionsTests(StateProvider.Sqlite);

public sealed class FetchTransitionsOnPostgresTests() : FetchTransitionsTests(StateProvider.PostgreSql);
