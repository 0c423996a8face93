using DicomRn.Node.Administration.Settings;
using DicomRn.Node.State;
using Microsoft.Extensions.Configuration;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary><c>dicomrn serve</c> that is killed and started again, with the same data directory and port at every start.</summary>
internal sealed class MortalNode : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private readonly ScratchFolder _folder;
    private readonly string[] _settings;
    private RunningProgram? _program;

    /// <param name="folder">Its folder <c>node</c> is the data directory.</param>
    /// <param name="destinations">Where results go; one is asked with C-FIND, further ones for storage commitment.</param>
    /// <param name="settings">Settings that stand instead of these.</param>
    public MortalNode(ScratchFolder folder, IReadOnlyList<ArchivingPacs> destinations, params string[] settings)
    {
        _folder = folder;
        string[] usual =
        [
            "Node:BindAddress=127.0.0.1",
            FormattableString.Invariant($"Node:Port={Port}"),
            $"Node:DataDirectory={Data}",
            "Node:AcceptUnknownPeers=true",
            .. destinations.SelectMany((pacs, n) => new[]
            {
                $"Node:Peers:{pacs.AeTitle}:AeTitle={pacs.AeTitle}",
                $"Node:Peers:{pacs.AeTitle}:Host=127.0.0.1",
                FormattableString.Invariant($"Node:Peers:{pacs.AeTitle}:Port={pacs.Port}"),
                $"Node:Peers:{pacs.AeTitle}:ReceivesResults=true",
                $"Node:Peers:{pacs.AeTitle}:Commitment={(n == 0 ? "Query" : "StorageCommitment")}",
            }),
            // Small, so that its files are used over and over, and some instances are too large for it.
            "Receiving:Log:SegmentSize=262144",
            "Receiving:Log:Segments=4",
            "Receiving:Log:SettleDelay=00:00:00.05",
            "Receiving:MemoryPerInstance=131072",
            "Assembly:QuietPeriod=00:00:00.3",
            "Assembly:AttemptDelay=00:00:00.2",
            "Assembly:MaximumAttempts=100",
            // The studies are copies of one, of one patient, and what one lacks is to stay away.
            "Fetching:OwnStore=false",
            "Reporting:OverlaySlices=2",
            "Delivery:ImmediateRetries=0",
            "Delivery:RetryDelay=00:00:00.2",
            "Delivery:MaximumRetryDelay=00:00:01",
            "Delivery:BreakDuration=00:00:00.5",
            "Delivery:QueryDelay=00:00:00.2",
            "Delivery:CommitmentLinger=00:00:00.2",
            "Delivery:CommitmentTimeout=00:00:01",
            .. settings,
        ];
        _settings = [.. usual.GroupBy(s => s.Split('=')[0]).Select(same => same.Last())];
    }

    public int Port { get; } = Loopback.FreePorts(1)[0];

    /// <summary>The data directory.</summary>
    public string Data => _folder["node"];

    /// <summary>The running program.</summary>
    public RunningProgram Program => _program ?? throw new InvalidOperationException("The node does not run.");

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => _program is { HasEnded: false };

    private string Order => _folder["kill"];

    /// <summary>Its settings, for commands that run beside it.</summary>
    public NodeSettings Settings => NodeSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(_settings.Select(s => s.Split('=', 2)).ToDictionary(s => s[0], s => (string?)s[1]))
        .Build());

    /// <summary>From now on it dies where it comes by for the given time.</summary>
    public void KillAt(KillPoint point, int hit)
    {
        string whole = Order + ".new";
        File.WriteAllText(whole, FormattableString.Invariant($"{point}:{hit}"));
        File.Move(whole, Order, overwrite: true);
    }

    /// <summary>It is to live.</summary>
    public void Spare() => File.Delete(Order);

    /// <summary>Starts it.</summary>
    public void Start() => _program = DicomRnProgram.Start(
        _folder.Path, ["serve", .. _settings.SelectMany(s => new[] { "--set", s })],
        new Dictionary<string, string> { ["DICOMRN_KILL_AT"] = "@" + Order });

    /// <summary>Starts it and waits until it listens, that is, until it has recovered.</summary>
    public async Task StartAndListenAsync()
    {
        Start();
        await Program.LineAsync("the node to listen", line => line.Contains("Listening as", StringComparison.Ordinal), StartLimit);
    }

    /// <summary>Runs <c>dicomrn</c> beside it, on its data directory, to be killed at a point of the command's own.</summary>
    public RunningProgram Command(KillPoint? killAt, params string[] arguments) => DicomRnProgram.Start(
        _folder.Path, arguments, killAt is { } point ? new Dictionary<string, string> { ["DICOMRN_KILL_AT"] = $"{point}:1" } : null);

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
            await _program.DisposeAsync();
    }
}
