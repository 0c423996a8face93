namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>Nodes n1, n2 … as processes on a database of their own and one data directory.</summary>
internal sealed class SharedNodes : IAsyncDisposable
{
    private readonly List<SharedNodeProgram> _programs = [];

    private readonly Func<string, int, SharedNodeProgram> _start;

    private SharedNodes(SharedState state, Func<string, int, SharedNodeProgram> start)
    {
        State = state;
        _start = start;
    }

    /// <summary>Their database.</summary>
    public SharedState State { get; }

    public IReadOnlyList<SharedNodeProgram> Programs => _programs;

    public SharedNodeProgram this[string name] => _programs.Single(node => node.Name == name);

    /// <summary>Starts them all at once and waits until they listen. Skips the test where PostgreSQL is not installed.</summary>
    /// <param name="count">How many.</param>
    /// <param name="folder">Its folder <c>data</c> is their data directory.</param>
    /// <param name="pacsPort">Where results go.</param>
    /// <param name="more">Settings that stand instead of those of <see cref="SharedNodeProgram"/>.</param>
    public static async Task<SharedNodes> StartAsync(int count, ScratchFolder folder, int pacsPort, params string[] more) =>
        await StartAsync(await PostgresServer.SharedAsync(), count, folder, pacsPort, more);

    /// <summary>Starts them all at once on a server and waits until they listen.</summary>
    /// <param name="server">The database server, on which they get a database of their own.</param>
    /// <param name="count">How many.</param>
    /// <param name="folder">Its folder <c>data</c> is their data directory.</param>
    /// <param name="pacsPort">Where results go.</param>
    /// <param name="more">Settings that stand instead of those of <see cref="SharedNodeProgram"/>.</param>
    public static async Task<SharedNodes> StartAsync(PostgresServer server, int count, ScratchFolder folder, int pacsPort, params string[] more)
    {
        string database = await server.CreateDatabaseAsync();
        string passwordFile = folder["password"];
        await File.WriteAllTextAsync(passwordFile, PostgresServer.Password + "\n", TestContext.Current.CancellationToken);
        SharedNodes nodes = new(
            new SharedState(server.ConnectionString(database) + ";Password=" + PostgresServer.Password),
            (name, port) => SharedNodeProgram.Start(
                folder, name, port, server.ConnectionString(database), passwordFile, folder["data"], pacsPort, more));
        try
        {
            nodes._programs.AddRange(Loopback.FreePorts(count).Select((port, i) => nodes._start($"n{i + 1}", port)));
            await Task.WhenAll(nodes._programs.Select(node => node.ListeningAsync()));
            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a node that has ended again, under its name and on its port, as a service manager does, and waits until it listens.</summary>
    public async Task StartAgainAsync(string name)
    {
        int index = _programs.FindIndex(node => node.Name == name);
        Assert.True(_programs[index].Program.HasEnded, $"{name} still runs.");
        await _programs[index].DisposeAsync();
        _programs[index] = _start(name, _programs[index].Port);
        await _programs[index].ListeningAsync();
    }

    /// <summary>Waits until the database says so; otherwise fails with what it said last and with the nodes' own words.</summary>
    /// <param name="what">What is waited for, for the failure.</param>
    /// <param name="limit">How long at most.</param>
    /// <param name="ask">Asks the database.</param>
    /// <param name="isReached">Whether the answer is the one that is waited for.</param>
    public async Task EventuallyAsync<T>(
        string what, TimeSpan limit, Func<CancellationToken, Task<T>> ask, Func<T, bool> isReached)
        where T : System.Collections.IEnumerable
    {
        string last = "";
        try
        {
            await Eventually.GetAsync(what, limit, async cancellationToken =>
            {
                T answer = await ask(cancellationToken);
                last = string.Join(", ", answer.Cast<object>());
                return isReached(answer) ? last : null;
            });
        }
        catch (TimeoutException e)
        {
            string told = string.Join("\n\n", _programs.Select(node => $"{node.Name}:\n{node.Program.Error}"));
            throw new TimeoutException($"{e.Message} Last: {last}\n{told}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (SharedNodeProgram node in _programs)
            await node.DisposeAsync();
        await State.DisposeAsync();
    }
}
