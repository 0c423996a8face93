namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>Nodes n1, n2 … as processes on a database of their own and one data directory.</summary>
internal sealed class SharedNodes : IAsyncDisposable
{
    private readonly List<SharedNodeProgram> _programs = [];

    private SharedNodes(SharedState state) => State = state;

    /// <summary>Their database.</summary>
    public SharedState State { get; }

    public IReadOnlyList<SharedNodeProgram> Programs => _programs;

    public SharedNodeProgram this[string name] => _programs.Single(node => node.Name == name);

    /// <summary>Starts them all at once and waits until they listen. Skips the test where PostgreSQL is not installed.</summary>
    /// <param name="count">How many.</param>
    /// <param name="folder">Its folder <c>data</c> is their data directory.</param>
    /// <param name="pacsPort">Where results go.</param>
    /// <param name="more">Settings that stand instead of those of <see cref="SharedNodeProgram"/>.</param>
    public static async Task<SharedNodes> StartAsync(int count, ScratchFolder folder, int pacsPort, params string[] more)
    {
        PostgresServer server = await PostgresServer.SharedAsync();
        string database = await server.CreateDatabaseAsync();
        string passwordFile = folder["password"];
        await File.WriteAllTextAsync(passwordFile, PostgresServer.Password + "\n", TestContext.Current.CancellationToken);
        SharedNodes nodes = new(new SharedState(server.ConnectionString(database) + ";Password=" + PostgresServer.Password));
        try
        {
            nodes._programs.AddRange(Loopback.FreePorts(count).Select((port, i) => SharedNodeProgram.Start(
                folder, $"n{i + 1}", port, server.ConnectionString(database), passwordFile, folder["data"], pacsPort, more)));
            await Task.WhenAll(nodes._programs.Select(node => node.ListeningAsync()));
            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (SharedNodeProgram node in _programs)
            await node.DisposeAsync();
        await State.DisposeAsync();
    }
}
