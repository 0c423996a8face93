using System.Text.Json;
using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Delivery;
using DicomRn.Tests.CommandLine;
using DicomRn.TestSupport;
using Microsoft.Extensions.Configuration;

namespace DicomRn.Tests.Commands;

/// <summary>The commands for the person who looks after a node, on a running and on a stopped one.</summary>
public sealed class JobsCommandTests : IDisposable
{
    private const string Study = "1.2.826.0.1.3680043.2.8";
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Data => _folder["data"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Jobs_are_listed_shown_and_discarded_while_the_node_runs_and_when_it_is_stopped()
    {
        await using (NodeHost node = await StartAsync())
        {
            await SendAsync(node);

            CommandLineRun list = await ListedAsync();
            Assert.Equal(0, list.ExitCode);
            Assert.Contains(Study, list.Output, StringComparison.Ordinal);
            Assert.Contains("Assembling", list.Output, StringComparison.Ordinal);
            CommandLineRun status = await RunAsync("jobs", "status");
            Assert.StartsWith("Reception: all is well; 0 instances wait to be stored.", status.Output, StringComparison.Ordinal);
            Assert.Matches("Assembling +1", status.Output);
            CommandLineRun show = await RunAsync("jobs", "show", Study);
            Assert.Contains("received  1 instances", show.Output, StringComparison.Ordinal);
            Assert.Contains("MR Image Storage", show.Output, StringComparison.Ordinal);
            CommandLineRun retry = await RunAsync("jobs", "retry", Study);
            Assert.Equal((1, ""), (retry.ExitCode, retry.Output));
            Assert.Equal($"dicomrn: Study {Study} is Assembling: there is nothing to repeat.", retry.Error.TrimEnd());
            CommandLineRun backup = await RunAsync("backup", "--output", _folder["backup.tar"]);
            Assert.StartsWith($"{_folder["backup.tar"]}: 1 studies, 1 instances, 0 results", backup.Output, StringComparison.Ordinal);
            await node.StopAsync(Token);
        }

        using (JsonDocument stopped = JsonDocument.Parse((await RunAsync("jobs", "list", "--state", "assembling", "--json")).Output))
            Assert.Equal(Study, Assert.Single(stopped.RootElement.EnumerateArray()).GetProperty("studyInstanceUid").GetString());
        Assert.StartsWith("Reception: the node does not run", (await RunAsync("jobs", "status")).Output, StringComparison.Ordinal);
        CommandLineRun discard = await RunAsync("jobs", "discard", Study, "--yes", "--reason", "a test");
        Assert.Equal(0, discard.ExitCode);
        Assert.StartsWith($"Study {Study} is deleted: 1 instances", discard.Output, StringComparison.Ordinal);
        Assert.Contains("a test", (await RunAsync("jobs", "deletions")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Study, (await RunAsync("jobs", "list")).Output, StringComparison.Ordinal);
        Assert.Contains("SCANNER", (await RunAsync("jobs", "associations")).Output, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("jobs", "show", Study)).ExitCode);

        CommandLineRun restore = await CommandLineRun.OfAsync("restore", "--input", _folder["backup.tar"], "--data", _folder["restored"]);
        Assert.Equal(0, restore.ExitCode);
        Assert.Contains(Study, (await CommandLineRun.OfAsync("jobs", "list", "--data", _folder["restored"])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setting_that_is_given_twice_is_told_in_a_line()
    {
        CommandLineRun run = await CommandLineRun.OfAsync("serve", "--set", "Node:Port=1", "--set", "node:port=2");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("--set node:port=2: node:port is given twice.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_that_is_no_data_directory_is_told_and_not_made_one()
    {
        CommandLineRun run = await RunAsync("jobs", "list");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal($"dicomrn: {Data}: no data directory of a node (there is no state/dicomrn.db).", run.Error.TrimEnd());
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task Node_without_the_interface_is_told_of()
    {
        await using NodeHost node = await StartAsync(("Administration:Http:Enabled", "false"));

        CommandLineRun run = await RunAsync("jobs", "list");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"dicomrn: A node has {Data} and offers no administration interface", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jobs")]
    [InlineData("jobs", "list", "--state", "Lost")]
    [InlineData("jobs", "list", "--since", "soon")]
    [InlineData("jobs", "list", "--limit", "0")]
    [InlineData("jobs", "show")]
    [InlineData("jobs", "show", "study")]
    [InlineData("jobs", "discard", "1..2")]
    [InlineData("backup")]
    [InlineData("restore", "--data", "x")]
    public async Task Wrong_usage_ends_with_2(params string[] arguments)
    {
        CommandLineRun run = await CommandLineRun.OfAsync(arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.NotEmpty(run.Error);
    }

    private Task<CommandLineRun> RunAsync(params string[] arguments) => CommandLineRun.OfAsync([.. arguments, "--data", Data]);

    private async Task<NodeHost> StartAsync(params (string Setting, string Value)[] more)
    {
        Dictionary<string, string?> settings = new()
        {
            ["Node:BindAddress"] = "127.0.0.1",
            ["Node:Port"] = "0",
            ["Node:DataDirectory"] = Data,
            ["Node:AcceptUnknownPeers"] = "true",
        };
        foreach ((string setting, string value) in more)
            settings[setting] = value;
        NodeHost node = await NodeHost.CreateAsync(
            NodeSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()), cancellationToken: Token);
        await node.StartAsync(Token);
        return node;
    }

    /// <summary>The list once it has the study: an instance is answered when it is durable, and its study is listed a moment later.</summary>
    private async Task<CommandLineRun> ListedAsync()
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        CommandLineRun list = await RunAsync("jobs", "list");
        while (!list.Output.Contains(Study, StringComparison.Ordinal) && !patience.IsCancellationRequested)
        {
            await Task.Delay(50, Token);
            list = await RunAsync("jobs", "list");
        }

        return list;
    }

    private async Task SendAsync(NodeHost node)
    {
        DicomDataset dataset = new()
        {
            { DicomTag.SOPClassUID, DicomUID.MRImageStorage },
            { DicomTag.SOPInstanceUID, Study + ".1.1" },
            { DicomTag.StudyInstanceUID, Study },
            { DicomTag.SeriesInstanceUID, Study + ".1" },
            { DicomTag.Modality, "MR" },
        };
        string file = _folder["instance.dcm"];
        await new DicomFile(dataset).SaveAsync(file);
        InstanceSender sender = new(new PeerCall { Host = "127.0.0.1", Port = node.Port, CalledAeTitle = "DICOMRN", CallingAeTitle = "SCANNER" });
        Assert.True(Assert.Single(await sender.SendAsync([file], null, Token)).IsStored);
    }
}
