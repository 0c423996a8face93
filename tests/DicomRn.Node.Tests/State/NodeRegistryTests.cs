using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Tests.State;

public class NodeRegistryTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_recovers_its_own_folder_when_it_joins()
    {
        using NodeFolder folder = new();
        await using SharedStores nodes = await SharedStores.OpenAsync(1);
        Recovery recovery = new();
        using NodeRegistry registry = Registry(nodes[0], folder, "n1", recovery);

        await registry.JoinAsync(Cancelled);

        Assert.Equal(["n1"], recovery.Nodes);
        await registry.LeaveAsync();
    }

    [Fact]
    public async Task The_folder_of_a_node_that_is_silent_is_recovered_by_another_and_then_forgotten()
    {
        using NodeFolder folder = new();
        await using SharedStores nodes = await SharedStores.OpenAsync(2);
        await nodes[1].Store.JoinAsync();
        nodes.Clock.Advance(nodes[0].Store.Terms.Duration);
        Recovery recovery = new();
        using NodeRegistry registry = Registry(nodes[0], folder, "n1", recovery);
        await registry.JoinAsync(Cancelled);

        await registry.StartAsync(Cancelled);
        await recovery.WaitForAsync("n2");
        await registry.StopAsync(Cancelled);

        Assert.Equal(["n1", "n2"], recovery.Nodes);
        await registry.LeaveAsync();
    }

    [Fact]
    public async Task A_node_that_is_alive_keeps_its_folder()
    {
        await using SharedStores nodes = await SharedStores.OpenAsync(2);
        Lease lease = (await nodes[1].Store.JoinAsync())!;
        await nodes[0].Store.JoinAsync();
        nodes.Clock.Advance(nodes[0].Store.Terms.Duration / 2);
        Assert.True(await nodes[1].Store.RenewLeaseAsync(lease));
        nodes.Clock.Advance(nodes[0].Store.Terms.Duration / 2);

        Assert.Null(await nodes[0].Store.TakeSilentNodeAsync());
    }

    [Fact]
    public async Task A_node_that_left_in_order_leaves_its_folder_at_once()
    {
        await using SharedStores nodes = await SharedStores.OpenAsync(2);
        await nodes[1].Store.ReleaseLeaseAsync((await nodes[1].Store.JoinAsync())!);

        SilentNode silent = (await nodes[0].Store.TakeSilentNodeAsync())!;
        Assert.Equal("n2", silent.Name);
        await nodes[0].Store.ForgetNodeAsync(silent);

        Assert.Null(await nodes[0].Store.TakeSilentNodeAsync());
        Assert.Equal(0, await nodes[0].Store.ReadAsync(db => db.Nodes.CountAsync(Cancelled)));
    }

    [Fact]
    public async Task A_folder_is_taken_over_by_one_node_only_and_its_own_node_waits_for_the_end_of_that()
    {
        await using SharedStores nodes = await SharedStores.OpenAsync(3);
        await nodes[2].Store.JoinAsync();
        nodes.Clock.Advance(nodes[0].Store.Terms.Duration);

        SilentNode?[] taken = await Task.WhenAll(nodes[0].Store.TakeSilentNodeAsync(), nodes[1].Store.TakeSilentNodeAsync());

        SilentNode only = Assert.Single(taken, t => t is not null)!;
        Assert.Null(await nodes[2].Store.JoinAsync());
        await nodes[0].Store.ForgetNodeAsync(only);
        Assert.NotNull(await nodes[2].Store.JoinAsync());
    }

    [Fact]
    public async Task A_node_that_starts_again_after_a_crash_has_its_folder_at_once()
    {
        await using SharedStores nodes = await SharedStores.OpenAsync(1);
        Lease crashed = (await nodes[0].Store.JoinAsync())!;

        Lease again = (await nodes[0].Store.JoinAsync())!;

        Assert.True(again.Fence > crashed.Fence);
        Assert.False(await nodes[0].Store.RenewLeaseAsync(crashed));
    }

    [Fact]
    public async Task A_node_whose_folder_was_taken_over_records_nothing_any_more()
    {
        await using SharedStores nodes = await SharedStores.OpenAsync(2);
        nodes[1].Store.RecordUnder((await nodes[1].Store.JoinAsync())!);
        Assert.Equal(ReceiptOutcome.Recorded, await nodes[1].ReceiveAsync("1.1"));
        nodes.Clock.Advance(nodes[0].Store.Terms.Duration);
        Assert.NotNull(await nodes[0].Store.TakeSilentNodeAsync());

        await Assert.ThrowsAsync<LeaseLostException>(() => nodes[1].ReceiveAsync("1.2"));

        Assert.Equal(1, await nodes[0].Store.ReadAsync(db => db.Instances.CountAsync(Cancelled)));
    }

    private static NodeRegistry Registry(TestStore store, NodeFolder folder, string name, INodeFolderRecovery recovery) => new(
        store.Store, new DataFolders(folder.Path, name), recovery, store.Clock, NullLogger<NodeRegistry>.Instance);

    private sealed class Recovery : INodeFolderRecovery
    {
        private readonly Dictionary<string, TaskCompletionSource> _waits = [];
        private readonly List<string> _nodes = [];
        private readonly Lock _lock = new();

        public IReadOnlyList<string> Nodes
        {
            get
            {
                lock (_lock)
                    return [.. _nodes];
            }
        }

        public Task RunAsync(DataFolders folders, CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                _nodes.Add(folders.Node!);
                Wait(folders.Node!).TrySetResult();
            }

            return Task.CompletedTask;
        }

        public Task WaitForAsync(string node)
        {
            lock (_lock)
                return Wait(node).Task.WaitAsync(Cancelled);
        }

        private TaskCompletionSource Wait(string node) => _waits.TryGetValue(node, out TaskCompletionSource? wait)
            ? wait
            : _waits[node] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
