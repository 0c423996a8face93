namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary><c>dicomrn serve</c> as one of several nodes with one PostgreSQL database and one data directory.</summary>
internal sealed class SharedNodeProgram : IAsyncDisposable
{
    /// <summary>AE title of the PACS that results go to.</summary>
    public const string PacsAeTitle = "PACS";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private SharedNodeProgram(string name, int port, RunningProgram program)
    {
        Name = name;
        Port = port;
        Program = program;
    }

    public string Name { get; }

    public int Port { get; }

    public RunningProgram Program { get; }

    /// <summary>Starts a node.</summary>
    /// <param name="folder">Its working folder.</param>
    /// <param name="name">Its name.</param>
    /// <param name="port">Its port.</param>
    /// <param name="connectionString">The database, without the password.</param>
    /// <param name="passwordFile">The file of the password.</param>
    /// <param name="dataDirectory">The shared data directory.</param>
    /// <param name="pacsPort">Where results go.</param>
    /// <param name="more">Settings that stand instead of these.</param>
    public static SharedNodeProgram Start(
        ScratchFolder folder, string name, int port, string connectionString, string passwordFile, string dataDirectory, int pacsPort,
        params string[] more)
    {
        string[] settings =
        [
            $"Node:Name={name}",
            "Node:BindAddress=127.0.0.1",
            FormattableString.Invariant($"Node:Port={port}"),
            $"Node:DataDirectory={dataDirectory}",
            "Node:AcceptUnknownPeers=true",
            $"Node:Peers:PACS:AeTitle={PacsAeTitle}",
            "Node:Peers:PACS:Host=127.0.0.1",
            FormattableString.Invariant($"Node:Peers:PACS:Port={pacsPort}"),
            "Node:Peers:PACS:ReceivesResults=true",
            "State:Provider=PostgreSql",
            $"State:ConnectionString={connectionString}",
            $"State:PasswordFile={passwordFile}",
            // Longer than a busy machine keeps a living node from renewing it.
            "State:LeaseDuration=00:00:20",
            "State:PollInterval=00:00:00.5",
            "Assembly:QuietPeriod=00:00:02",
            "Assembly:AttemptDelay=00:00:01",
            "Inference:Threads=1",
            "Reporting:OverlaySlices=2",
            "Delivery:RetryDelay=00:00:00.5",
            "Delivery:MaximumRetryDelay=00:00:01",
            .. more,
        ];
        IEnumerable<string> last = settings.GroupBy(s => s.Split('=')[0]).Select(same => same.Last());
        RunningProgram program = DicomRnProgram.Start(folder.Path, ["serve", .. last.SelectMany(s => new[] { "--set", s })]);
        return new SharedNodeProgram(name, port, program);
    }

    /// <summary>Waits until it listens.</summary>
    public Task ListeningAsync() =>
        Program.LineAsync($"node {Name} to listen", line => line.Contains("Listening as", StringComparison.Ordinal), StartLimit);

    public ValueTask DisposeAsync() => Program.DisposeAsync();
}
