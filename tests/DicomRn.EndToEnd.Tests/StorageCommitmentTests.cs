using System.Text.Json.Nodes;
using DicomRn.EndToEnd.Tests.Programs;

namespace DicomRn.EndToEnd.Tests;

/// <summary>storescu → node → Orthanc, which commits over an association of its own, to the node's own port.</summary>
[Collection(SideBySide.Peers)]
public sealed class StorageCommitmentTests(PhantomStudyFolder study) : IClassFixture<PhantomStudyFolder>, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Results_that_Orthanc_commits_over_an_association_of_its_own_make_the_study_delivered()
    {
        OrthancServer.Require();
        NodeProgram.RequireSender();
        int pacsPort = Loopback.FreePorts(1)[0];
        NodeProgram program = new(
            _folder, pacsPort,
            "Node:Peers:PACS:Commitment=StorageCommitment",
            "Delivery:Routes:all:Destinations:0=PACS",
            "Delivery:Routes:all:Sources:0=Sender");
        await using OrthancServer orthanc = await OrthancServer.StartAsync(_folder["orthanc"], pacsPort, NodeProgram.AeTitle, program.Port);
        await using RunningProgram node = await program.StartAsync();

        await program.SendAsync(study.Path);
        int count = await NodeProgram.ResultCountAsync(node);
        string reported = await node.LineAsync("the report", line => line.Contains("Storage commitment reported by PACS", StringComparison.Ordinal), Limit);
        int committed = int.Parse(reported[..reported.IndexOf(" committed", StringComparison.Ordinal)].Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains(" 0 failed", reported, StringComparison.Ordinal);
        Assert.InRange(committed, 1, count);

        JsonNode plan = await Eventually.GetAsync("the study to be delivered", Limit, async _ =>
        {
            (int exitCode, string output, string error) = await program.RunAsync("routes", "--study", study.StudyInstanceUid, "--json");
            Assert.True(exitCode == 0, error);
            JsonNode now = JsonNode.Parse(output)!;
            return now["state"]!.GetValue<string>() == "Delivered" ? now : null;
        });
        JsonArray results = plan["results"]!.AsArray();
        Assert.Equal(count, results.Count);
        Assert.All(results, result => Assert.Equal(
            ("PACS", "all", "Delivered"),
            (result!["destination"]!.GetValue<string>(), result["routes"]!.GetValue<string>(), result["state"]!.GetValue<string>())));
        Assert.Equal(count, (await orthanc.InstancesAsync(study.StudyInstanceUid, TestContext.Current.CancellationToken)).Count);
        Assert.DoesNotContain("C-FIND", node.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Found", node.Error, StringComparison.Ordinal);
    }
}
