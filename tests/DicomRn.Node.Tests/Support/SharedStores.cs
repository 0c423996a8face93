using DicomRn.TestSupport;
using Microsoft.Extensions.Time.Testing;

namespace DicomRn.Node.Tests.Support;

/// <summary>Several nodes' stores on one PostgreSQL database, with one clock.</summary>
internal sealed class SharedStores : IAsyncDisposable
{
    private SharedStores(IReadOnlyList<TestStore> nodes) => Nodes = nodes;

    public IReadOnlyList<TestStore> Nodes { get; }

    public TestStore this[int node] => Nodes[node];

    public FakeTimeProvider Clock => Nodes[0].Clock;

    /// <summary>Opens them at once, so that they meet in bringing the tables up to date.</summary>
    public static async Task<SharedStores> OpenAsync(int count)
    {
        PostgresServer server = await PostgresServer.SharedAsync();
        string connectionString = await server.NewDatabaseAsync();
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
        return new SharedStores(await Task.WhenAll(
            Enumerable.Range(1, count).Select(i => TestStore.OpenSharedAsync(connectionString, $"n{i}", clock))));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (TestStore node in Nodes)
            await node.DisposeAsync();
    }
}
