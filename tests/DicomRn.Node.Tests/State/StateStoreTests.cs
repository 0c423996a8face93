using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.Tests.State;

public abstract class StateStoreTests(StateProvider provider)
{
    [Fact]
    public async Task What_was_recorded_is_there_after_a_restart()
    {
        using NodeFolder folder = new();
        await using (TestStore before = await TestStore.OpenAsync(provider, folder))
            Assert.Equal(ReceiptOutcome.Recorded, await before.ReceiveAsync("1.1"));

        await using TestStore after = await TestStore.OpenAsync(provider, folder);
        StudyRecord study = await after.StudyAsync();
        Assert.Equal(StudyState.Assembling, study.State);
        Assert.Equal(1, study.InstanceCount);
        Assert.Equal(1, await after.Store.ReadAsync(db => db.Instances.CountAsync()));
    }

    [Fact]
    public async Task The_same_instance_is_recorded_once()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);

        Assert.Equal(ReceiptOutcome.Recorded, await store.ReceiveAsync("1.1"));
        Assert.Equal(ReceiptOutcome.AlreadyKnown, await store.ReceiveAsync("1.1"));

        Assert.Equal(1, (await store.StudyAsync()).InstanceCount);
    }

    [Fact]
    public async Task Instances_recorded_at_once_by_many_are_all_counted()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);

        await Task.WhenAll(Enumerable.Range(1, 500).Select(i => store.ReceiveAsync($"1.{i}", study: $"2.{i % 3}")));

        Assert.Equal(500, await store.Store.ReadAsync(db => db.Instances.CountAsync()));
        Assert.Equal(500, await store.Store.ReadAsync(db => db.Studies.SumAsync(s => s.InstanceCount)));
    }

    [Fact]
    public async Task A_transition_that_throws_changes_nothing_and_the_store_goes_on()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        await store.ReceiveAsync("1.1");

        await Assert.ThrowsAsync<InvalidOperationException>(() => store.Store.WriteAsync(transaction =>
        {
            StudyRecord study = transaction.Db.Studies.Single();
            transaction.Move(study, StudyState.Ready);
            transaction.Db.SaveChanges();
            transaction.Move(study, StudyState.Delivered);
        }));

        Assert.Equal(StudyState.Assembling, (await store.StudyAsync()).State);
        Assert.Equal(ReceiptOutcome.Recorded, await store.ReceiveAsync("1.2"));
    }

    [Fact]
    public async Task A_change_based_on_an_older_version_of_a_study_is_refused()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        await store.ReceiveAsync("1.1");
        long older = (await store.StudyAsync()).Version;
        await store.ReceiveAsync("1.2");

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => store.Store.WriteAsync(transaction =>
        {
            StudyRecord study = transaction.Db.Studies.Single();
            transaction.Db.Entry(study).Property(s => s.Version).OriginalValue = older;
            transaction.Move(study, StudyState.Ready);
        }));
    }

    [Fact]
    public async Task Changes_are_announced_after_they_are_durable()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(provider, folder);
        using StudySubscription subscription = store.Feed.Subscribe();

        await store.ProcessAsync();

        StudyChanged ready = await subscription.WaitForAsync(
            TestStore.Study, TestContext.Current.CancellationToken, StudyState.Ready);
        Assert.Equal(StudyState.Assembling, ready.From);
        Assert.Equal(1, ready.Revision);
    }
}

public sealed class StateStoreOnSqliteTests() : StateStoreTests(StateProvider.Sqlite);

public sealed class StateStoreOnPostgresTests() : StateStoreTests(StateProvider.PostgreSql);
