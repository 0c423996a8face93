using DicomRn.Node.Assembly;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DicomRn.Node.Tests.Assembly;

public abstract class StudyAssemblerTests(StateProvider provider)
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_study_is_complete_after_its_quiet_period()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        await store.ReceiveAsync("1.1");

        store.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, await store.Store.CompleteDueStudiesAsync());
        store.Clock.Advance(OneSecond);
        Assert.Equal(1, await store.Store.CompleteDueStudiesAsync());

        Assert.Equal(StudyState.Ready, (await store.StudyAsync()).State);
    }

    [Fact]
    public async Task Every_instance_begins_the_quiet_period_anew()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        await store.ReceiveAsync("1.1");
        store.Clock.Advance(TimeSpan.FromSeconds(59));
        await store.ReceiveAsync("1.2");

        store.Clock.Advance(TimeSpan.FromSeconds(59));

        Assert.Equal(0, await store.Store.CompleteDueStudiesAsync());
    }

    [Fact]
    public async Task A_study_that_never_falls_quiet_is_complete_at_the_hard_maximum()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        for (int i = 0; i < 20; i++)
        {
            await store.ReceiveAsync($"1.{i}");
            Assert.Equal(0, await store.Store.CompleteDueStudiesAsync());
            store.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(1, await store.Store.CompleteDueStudiesAsync());
    }

    [Fact]
    public async Task The_running_assembler_wakes_when_the_time_has_come()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        using StudySubscription subscription = store.Feed.Subscribe();
        WaitedOnTimeProvider clock = new(store.Clock);
        using StudyAssembler assembler = new(store.Store, store.Feed, new Arrivals(), clock, NullLogger<StudyAssembler>.Instance);
        await assembler.StartAsync(Cancelled);
        await clock.TimerOfAsync(TimeSpan.FromDays(1), Cancelled);
        await store.ReceiveAsync("1.1");
        await clock.TimerOfAsync(TimeSpan.FromSeconds(60), Cancelled);

        store.Clock.Advance(TimeSpan.FromSeconds(60));

        await subscription.WaitForAsync(TestStore.Study, Cancelled, StudyState.Ready);
        await assembler.StopAsync(Cancelled);
    }

    [Fact]
    public async Task A_study_is_not_complete_while_something_of_it_is_on_its_way_to_the_store()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(folder);
        using StudySubscription subscription = store.Feed.Subscribe();
        await store.ReceiveAsync("1.1");
        Arrivals arrivals = new();
        arrivals.Begin(TestStore.Study);
        store.Clock.Advance(TimeSpan.FromSeconds(61));
        WaitedOnTimeProvider clock = new(store.Clock);
        using StudyAssembler assembler = new(store.Store, store.Feed, arrivals, clock, NullLogger<StudyAssembler>.Instance);
        await assembler.StartAsync(Cancelled);
        await clock.TimerOfAsync(TimeSpan.FromSeconds(1), Cancelled);
        Assert.Equal(StudyState.Assembling, (await store.StudyAsync()).State);

        arrivals.End();

        await subscription.WaitForAsync(TestStore.Study, Cancelled, StudyState.Ready);
        await assembler.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Timers_survive_a_restart()
    {
        using NodeFolder folder = new();
        FakeTimeProvider clock;
        await using (TestStore before = await TestStore.OpenAsync(provider, folder))
        {
            clock = before.Clock;
            await before.ReceiveAsync("1.1");
        }

        clock.Advance(TimeSpan.FromSeconds(61));
        await using TestStore after = await TestStore.OpenAsync(provider, folder, clock);
        using StudySubscription subscription = after.Feed.Subscribe();
        using StudyAssembler assembler = new(after.Store, after.Feed, new Arrivals(), clock, NullLogger<StudyAssembler>.Instance);
        await assembler.StartAsync(Cancelled);

        await subscription.WaitForAsync(TestStore.Study, Cancelled, StudyState.Ready);
        await assembler.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Two_patients_in_one_study_need_attention()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        await store.ReceiveAsync("1.1", patient: 1);
        await store.ReceiveAsync("1.2", patient: 2);
        store.Clock.Advance(TimeSpan.FromSeconds(60));

        await store.Store.CompleteDueStudiesAsync();

        StudyRecord study = await store.StudyAsync();
        Assert.Equal(StudyState.NeedsAttention, study.State);
        Assert.Equal("PatientMismatch", study.ReasonCode);
        Assert.NotNull(study.WhatToDo);
    }
}

public sealed class StudyAssemblerOnSqliteTests() : StudyAssemblerTests(StateProvider.Sqlite);

public sealed class StudyAssemblerOnPostgresTests() : StudyAssemblerTests(StateProvider.PostgreSql);
