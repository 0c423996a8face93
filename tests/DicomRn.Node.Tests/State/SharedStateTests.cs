using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.Tests.State;

/// <summary>Several nodes on one PostgreSQL database.</summary>
public class SharedStateTests
{
    private const int Studies = 30;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task History_is_not_synced_and_the_next_transition_is_again()
    {
        await using SharedStores stores = await SharedStores.OpenAsync(1);
        string? history = null;
        static string Commit(StateTransaction transaction) =>
            transaction.Db.Database.SqlQueryRaw<string>("SELECT current_setting('synchronous_commit') AS \"Value\"").Single();

        string before = await stores[0].Store.WriteAsync(Commit);
        await stores[0].Store.WriteUnsyncedAsync(transaction => history = Commit(transaction));
        string after = await stores[0].Store.WriteAsync(Commit);

        Assert.Equal("off", history);
        Assert.Equal(before, after);
        Assert.NotEqual("off", after);
    }

    [Fact]
    public async Task Instances_of_one_study_that_land_on_several_nodes_at_once_are_all_counted_in_one_study()
    {
        await using SharedStores nodes = await SharedStores.OpenAsync(3);

        await Task.WhenAll(Enumerable.Range(1, 300).Select(i => nodes[i % 3].ReceiveAsync($"1.{i}")));

        Assert.Equal(300, (await nodes[0].StudyAsync()).InstanceCount);
        Assert.Equal(1, (await nodes[0].StudyAsync()).Revision);
    }

    [Fact]
    public async Task The_same_instance_sent_to_all_nodes_at_once_is_recorded_by_one()
    {
        await using SharedStores nodes = await SharedStores.OpenAsync(3);

        ReceiptOutcome[] outcomes = await Task.WhenAll(
            Enumerable.Range(0, 300).Select(i => nodes[i % 3].ReceiveAsync($"1.{i / 3}")));

        Assert.Equal(100, outcomes.Count(o => o == ReceiptOutcome.Recorded));
        Assert.Equal(100, (await nodes[0].StudyAsync()).InstanceCount);
    }

    [Fact]
    public async Task An_instance_on_any_node_begins_the_quiet_period_anew()
    {
        await using SharedStores nodes = await SharedStores.OpenAsync(2);
        await nodes[0].ReceiveAsync("1.1");
        nodes.Clock.Advance(TimeSpan.FromSeconds(59));
        await nodes[1].ReceiveAsync("1.2");

        nodes.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, await nodes[0].Store.CompleteDueStudiesAsync());
        nodes.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, await nodes[0].Store.CompleteDueStudiesAsync());
    }

    [Fact]
    public async Task Every_study_is_completed_and_taken_by_exactly_one_node()
    {
        await using SharedStores nodes = await ReceivedAsync();

        int[] completed = await Task.WhenAll(nodes.Nodes.Select(n => n.Store.CompleteDueStudiesAsync()));
        string[][] taken = await Task.WhenAll(nodes.Nodes.Select(TakeAllAsync));

        Assert.Equal(Studies, completed.Sum());
        Assert.Equal(Studies, taken.Sum(t => t.Length));
        Assert.Equal(Studies, taken.SelectMany(t => t).Distinct().Count());
        Assert.All(taken, t => Assert.NotEmpty(t));
    }

    [Fact]
    public async Task The_studies_of_a_node_that_died_are_taken_when_its_leases_have_expired()
    {
        await using SharedStores nodes = await SharedStores.OpenAsync(2);
        StudyTask dead = await nodes[0].ProcessAsync();
        Assert.Equal(0, await nodes[1].Store.ResumeProcessingAsync(maximumAttempts: 3));

        nodes.Clock.Advance(nodes[0].Store.Terms.Duration);
        Assert.Equal(1, await nodes[1].Store.ResumeProcessingAsync(maximumAttempts: 3));
        StudyTask taken = (await nodes[1].Store.BeginProcessingAsync())!;

        Assert.Equal(2, taken.Attempt);
        Assert.False(await nodes[0].Store.RenewLeaseAsync(dead.Lease));
        await Assert.ThrowsAsync<LeaseLostException>(
            () => nodes[0].Store.FinishProcessingAsync(dead, Results.Answered("9.1"), ["PACS"]));
        Assert.True(await nodes[1].Store.FinishProcessingAsync(taken, Results.Answered("9.1"), ["PACS"]));
    }

    [Fact]
    public async Task Results_that_one_node_sends_are_not_due_on_another()
    {
        await using SharedStores nodes = await SharedStores.OpenAsync(2);
        await nodes[0].Store.FinishProcessingAsync(await nodes[0].ProcessAsync(), Results.Answered("9.1"), ["PACS"]);
        Lease lease = (await nodes[0].Store.TakeDeliveriesAsync("PACS", TestStore.Study))!;

        Assert.Empty(await nodes[1].DueAsync("PACS"));
        Assert.Null(await nodes[1].Store.NextDeliveryAsync("PACS", Cancelled));
        Assert.Null(await nodes[1].Store.TakeDeliveriesAsync("PACS", TestStore.Study));

        nodes.Clock.Advance(nodes[0].Store.Terms.Duration);
        Assert.Single(await nodes[1].DueAsync("PACS"));
        Assert.NotNull(await nodes[1].Store.TakeDeliveriesAsync("PACS", TestStore.Study));
        await Assert.ThrowsAsync<LeaseLostException>(() => nodes[0].Store.RecordAttemptAsync(TestStore.Study, [], lease));
    }

    [Fact]
    public async Task Nodes_that_finish_a_study_s_last_two_deliveries_at_once_end_the_study()
    {
        await using SharedStores nodes = await ReceivedAsync();
        await nodes[0].Store.CompleteDueStudiesAsync();
        while (await nodes[0].Store.BeginProcessingAsync() is { } task)
            await nodes[0].Store.FinishProcessingAsync(task, Results.Answered(task.StudyInstanceUid + ".9"), ["A", "B"]);

        await Task.WhenAll(DeliverAllAsync(nodes[0], "A"), DeliverAllAsync(nodes[1], "B"));

        Assert.Equal(Studies, await nodes[2].Store.ReadAsync(db => db.Studies.CountAsync(s => s.State == StudyState.Delivered)));
    }

    private static async Task<SharedStores> ReceivedAsync()
    {
        SharedStores nodes = await SharedStores.OpenAsync(3);
        await Task.WhenAll(Enumerable.Range(1, Studies).Select(i => nodes[i % 3].ReceiveAsync($"1.{i}", $"2.{i}")));
        nodes.Clock.Advance(TimeSpan.FromSeconds(60));
        return nodes;
    }

    private static async Task<string[]> TakeAllAsync(TestStore node)
    {
        List<string> taken = [];
        // A node that finds all that is left locked by others takes none: then the others take it.
        while (await node.Store.BeginProcessingAsync() is { } task)
            taken.Add(task.StudyInstanceUid);
        return [.. taken];
    }

    private static async Task DeliverAllAsync(TestStore node, string destination)
    {
        while ((await node.DueAsync(destination)) is { Count: > 0 })
            await node.DeliverAllAsync(destination);
    }
}
