using System.Globalization;
using System.Text.RegularExpressions;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary><c>dicomrn serve</c> between a sender and a PACS, with the same data directory and port at every start.</summary>
internal sealed partial class NodeProgram(ScratchFolder folder, int pacsPort, params string[] settings)
{
    public const string AeTitle = "DICOMRN";
    public const string SenderAeTitle = "STORESCU";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ProcessingLimit = TimeSpan.FromMinutes(4);

    public int Port { get; } = Loopback.FreePorts(1)[0];

    /// <summary>Starts it and waits until it listens.</summary>
    public async Task<RunningProgram> StartAsync()
    {
        RunningProgram node = DicomRnProgram.Start(folder.Path, ["serve", .. Settings().SelectMany(s => new[] { "--set", s })]);
        await node.LineAsync("the node to listen", line => line.Contains("Listening as", StringComparison.Ordinal), StartLimit);
        return node;
    }

    /// <summary>Waits until the node has written all results of the study and returns how many.</summary>
    public static async Task<int> ResultCountAsync(RunningProgram node)
    {
        string line = await node.LineAsync("the results of the study", line => Written().IsMatch(line), ProcessingLimit);
        return int.Parse(Written().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>Runs a command with the same settings, beside the node.</summary>
    public Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) =>
        DicomRnProgram.RunAsync(folder.Path, [.. arguments, .. Settings().SelectMany(s => new[] { "--set", s })]);

    /// <summary>Sends a folder to the node with DCMTK's storescu.</summary>
    public async Task SendAsync(string study)
    {
        (int exitCode, string output, string error) = await ExternalTool.RunAsync(
            RequireSender(),
            ["-R", "-aet", SenderAeTitle, "-aec", AeTitle, "+sd", "+r", "+sp", "*.dcm", "127.0.0.1", Port.ToString(CultureInfo.InvariantCulture), study],
            TestContext.Current.CancellationToken);
        Assert.True(exitCode == 0, output + error);
    }

    /// <summary>Skips the test where storescu is not installed.</summary>
    public static string RequireSender() => ExternalTool.Require("storescu", "dcmtk");

    private string[] Settings() =>
    [
        $"Node:AeTitle={AeTitle}",
        "Node:BindAddress=127.0.0.1",
        FormattableString.Invariant($"Node:Port={Port}"),
        $"Node:DataDirectory={folder["node"]}",
        $"Node:Peers:Sender:AeTitle={SenderAeTitle}",
        "Node:Peers:Sender:Host=127.0.0.1",
        $"Node:Peers:PACS:AeTitle={OrthancServer.AeTitle}",
        "Node:Peers:PACS:Host=127.0.0.1",
        FormattableString.Invariant($"Node:Peers:PACS:Port={pacsPort}"),
        "Node:Peers:PACS:ReceivesResults=true",
        "Assembly:QuietPeriod=00:00:02",
        "Delivery:ImmediateRetries=0",
        "Delivery:RetryDelay=00:00:00.5",
        "Delivery:MaximumRetryDelay=00:00:01",
        "Delivery:BreakDuration=00:00:00.5",
        .. settings,
    ];

    [GeneratedRegex("Answered, (\\d+) result objects$")]
    private static partial Regex Written();
}
