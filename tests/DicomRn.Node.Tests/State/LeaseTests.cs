using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;

namespace DicomRn.Node.Tests.State;

public abstract class LeaseTests(StateProvider provider)
{
    private static readonly TimeSpan Duration = LeaseTerms.Alone.Duration;

    [Fact]
    public async Task A_lease_that_is_alive_cannot_be_taken()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);

        Assert.NotNull(await store.Store.TakeDeliveriesAsync("PACS", TestStore.Study));

        Assert.Null(await store.Store.TakeDeliveriesAsync("PACS", TestStore.Study));
        Assert.NotNull(await store.Store.TakeDeliveriesAsync("VNA", TestStore.Study));
    }

    [Fact]
    public async Task An_expired_lease_can_be_taken_and_the_new_one_has_a_higher_number()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        Lease first = (await store.Store.TakeDeliveriesAsync("PACS", TestStore.Study))!;

        store.Clock.Advance(Duration);
        Lease second = (await store.Store.TakeDeliveriesAsync("PACS", TestStore.Study))!;

        Assert.True(second.Fence > first.Fence);
        Assert.False(await store.Store.RenewLeaseAsync(first));
        await Assert.ThrowsAsync<LeaseLostException>(() => store.Store.WriteAsync(transaction => transaction.Demand(first)));
    }

    [Fact]
    public async Task A_number_is_never_used_again()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        Lease first = (await store.Store.TakeDeliveriesAsync("PACS", TestStore.Study))!;
        await store.Store.ReleaseLeaseAsync(first);

        Assert.True((await store.Store.TakeDeliveriesAsync("PACS", TestStore.Study))!.Fence > first.Fence);
    }

    [Fact]
    public async Task A_renewed_lease_lives_for_its_whole_duration_again()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        Lease lease = (await store.Store.TakeDeliveriesAsync("PACS", TestStore.Study))!;

        store.Clock.Advance(Duration - TimeSpan.FromSeconds(1));
        Assert.True(await store.Store.RenewLeaseAsync(lease));
        store.Clock.Advance(Duration - TimeSpan.FromSeconds(1));

        Assert.Null(await store.Store.TakeDeliveriesAsync("PACS", TestStore.Study));
        store.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await store.Store.RenewLeaseAsync(lease));
    }

    [Fact]
    public async Task A_held_lease_is_renewed_while_the_work_runs()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        Lease lease = (await store.Store.TakeDeliveriesAsync("PACS", TestStore.Study))!;
        WaitedOnTimeProvider clock = new(store.Clock);
        await using HeldLease held = new(store.Store, lease, clock, TestContext.Current.CancellationToken);
        for (int renewals = 0; renewals < 6; renewals++)
        {
            await clock.TimerOfAsync(Duration / 3, TestContext.Current.CancellationToken);
            store.Clock.Advance(Duration / 3);
        }

        await clock.TimerOfAsync(Duration / 3, TestContext.Current.CancellationToken);
        Assert.False(held.Token.IsCancellationRequested);
        Assert.Null(await store.Store.TakeDeliveriesAsync("PACS", TestStore.Study));
    }

    [Fact]
    public async Task The_work_is_cancelled_when_its_lease_is_gone()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        Lease lease = (await store.Store.TakeDeliveriesAsync("PACS", TestStore.Study))!;
        WaitedOnTimeProvider clock = new(store.Clock);
        await using HeldLease held = new(store.Store, lease, clock, TestContext.Current.CancellationToken);
        TaskCompletionSource cancelled = new();
        held.Token.Register(cancelled.SetResult);
        await store.Store.ReleaseLeaseAsync(lease);

        await clock.TimerOfAsync(Duration / 3, TestContext.Current.CancellationToken);
        store.Clock.Advance(Duration / 3);

        await cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.True(held.IsLost);
    }

    [Fact]
    public async Task A_run_whose_lease_was_lost_stores_nothing()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        StudyTask lost = await store.ProcessAsync();
        store.Clock.Advance(Duration);
        await store.Store.ResumeProcessingAsync(maximumAttempts: 3);
        StudyTask taken = (await store.Store.BeginProcessingAsync())!;

        await Assert.ThrowsAsync<LeaseLostException>(() => store.Store.FinishProcessingAsync(lost, Results.Answered("9.1"), ["PACS"]));
        await Assert.ThrowsAsync<LeaseLostException>(() => store.Store.FailProcessingAsync(lost, "No model.", 3, TimeSpan.Zero));
        await Assert.ThrowsAsync<LeaseLostException>(() => store.Store.ReleaseProcessingAsync(lost));

        Assert.True(taken.Lease.Fence > lost.Lease.Fence);
        Assert.True(await store.Store.FinishProcessingAsync(taken, Results.Answered("9.1"), ["PACS"]));
    }

    [Fact]
    public async Task An_attempt_whose_lease_was_lost_is_not_recorded()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        await store.Store.FinishProcessingAsync(await store.ProcessAsync(), Results.Answered("9.1"), ["PACS"]);
        Lease lease = (await store.Store.TakeDeliveriesAsync("PACS", TestStore.Study))!;
        IReadOnlyList<DueDelivery> due = await store.DueAsync("PACS");
        DeliveryAttempt delivered = new(due[0].Id, DeliveryState.Delivered, 0, null, null);
        store.Clock.Advance(Duration);

        await Assert.ThrowsAsync<LeaseLostException>(() => store.Store.RecordAttemptAsync(TestStore.Study, [delivered], lease));

        Assert.Single(await store.DueAsync("PACS"));
        Assert.Equal(StudyState.Delivering, (await store.StudyAsync()).State);
    }

    [Fact]
    public async Task Work_that_ended_leaves_no_lease()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        await store.Store.FinishProcessingAsync(await store.ProcessAsync(), Results.Answered("9.1"), ["PACS"]);
        Lease lease = (await store.Store.TakeDeliveriesAsync("PACS", TestStore.Study))!;
        await store.Store.RecordAttemptAsync(TestStore.Study, [], lease);

        Assert.Equal(0, await store.Store.EndLeasesOfEarlierRunAsync());
    }
}

public sealed class LeaseOnSqliteTests() : LeaseTests(StateProvider.Sqlite);

public sealed class LeaseOnPostgresTests() : LeaseTests(StateProvider.PostgreSql);
