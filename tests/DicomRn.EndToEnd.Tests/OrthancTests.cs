using DicomRn.EndToEnd.Tests.Programs;

namespace DicomRn.EndToEnd.Tests;

/// <summary>storescu → node → Orthanc, all of them processes of their own.</summary>
[Collection(SideBySide.Peers)]
public sealed class OrthancTests(PhantomStudyFolder study) : IClassFixture<PhantomStudyFolder>, IDisposable
{
    private static readonly TimeSpan ArrivalLimit = TimeSpan.FromMinutes(2);

    private readonly ScratchFolder _folder = new();
    private readonly int _pacsPort = Loopback.FreePorts(1)[0];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SR_SEG_and_SC_arrive_under_the_study_that_was_sent_and_every_validator_accepts_them()
    {
        RequirePrograms();
        await using OrthancServer orthanc = await StartOrthancAsync();
        NodeProgram program = new(_folder, _pacsPort);
        await using RunningProgram node = await program.StartAsync();

        await program.SendAsync(study.Path);
        IReadOnlyList<OrthancInstance> results = await ArrivedAsync(orthanc, await NodeProgram.ResultCountAsync(node));

        AssertOneReportOneSegmentationAndOverlays(results);
        Assert.Equal(1, await orthanc.StudyCountAsync(TestContext.Current.CancellationToken));
        await AssertValidAsync(orthanc, results);
    }

    [Fact]
    public async Task A_node_killed_after_the_last_instance_was_acknowledged_delivers_each_result_once_after_its_restart()
    {
        RequirePrograms();
        await using OrthancServer orthanc = await StartOrthancAsync();
        NodeProgram program = new(_folder, _pacsPort);
        await using (RunningProgram node = await program.StartAsync())
        {
            await program.SendAsync(study.Path);
            await node.KillAsync();
        }

        await using RunningProgram again = await program.StartAsync();
        IReadOnlyList<OrthancInstance> results = await ArrivedAsync(orthanc, await NodeProgram.ResultCountAsync(again));

        AssertOneReportOneSegmentationAndOverlays(results);
    }

    [Fact]
    public async Task A_node_killed_while_the_PACS_is_away_delivers_each_result_once_when_both_are_back()
    {
        RequirePrograms();
        NodeProgram program = new(_folder, _pacsPort);
        int count;
        await using (RunningProgram node = await program.StartAsync())
        {
            await program.SendAsync(study.Path);
            count = await NodeProgram.ResultCountAsync(node);
            await node.KillAsync();
        }

        await using OrthancServer orthanc = await StartOrthancAsync();
        await using RunningProgram again = await program.StartAsync();
        IReadOnlyList<OrthancInstance> results = await ArrivedAsync(orthanc, count);

        AssertOneReportOneSegmentationAndOverlays(results);
        Assert.DoesNotContain("classified", again.Error, StringComparison.Ordinal);
    }

    private static void RequirePrograms()
    {
        OrthancServer.Require();
        NodeProgram.RequireSender();
    }

    private static void AssertOneReportOneSegmentationAndOverlays(IReadOnlyList<OrthancInstance> results)
    {
        Assert.Single(results, r => r.Modality == "SR");
        Assert.Single(results, r => r.Modality == "SEG");
        Assert.Equal(results.Count - 2, results.Count(r => r.Modality is "OT" or "MR" or "SC"));
        Assert.NotEqual(2, results.Count);
    }

    private async Task AssertValidAsync(OrthancServer orthanc, IReadOnlyList<OrthancInstance> results)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        foreach (OrthancInstance result in results)
        {
            string file = _folder[$"{result.SopInstanceUid}.dcm"];
            await orthanc.DownloadAsync(result, file, cancellation);
            await DicomValidators.DciodvfyAcceptsAsync(file, cancellation);
            if (result.Modality != "SR")
                continue;
            await DicomValidators.DsrdumpAsync(file, cancellation);
            await DicomValidators.PixelMedAcceptsAsync(file, cancellation);
        }
    }

    private Task<OrthancServer> StartOrthancAsync() => OrthancServer.StartAsync(_folder["orthanc"], _pacsPort, NodeProgram.AeTitle);

    /// <summary>Waits until as many results are there as the node wrote, and asks once more, so that one too many shows.</summary>
    private async Task<IReadOnlyList<OrthancInstance>> ArrivedAsync(OrthancServer orthanc, int count)
    {
        await Eventually.GetAsync($"{count} results in Orthanc", ArrivalLimit, async cancellationToken =>
        {
            IReadOnlyList<OrthancInstance> instances = await orthanc.InstancesAsync(study.StudyInstanceUid, cancellationToken);
            return instances.Count >= count ? instances : null;
        });
        IReadOnlyList<OrthancInstance> results = await orthanc.InstancesAsync(study.StudyInstanceUid, TestContext.Current.CancellationToken);
        Assert.Equal(count, results.Count);
        return results;
    }
}
