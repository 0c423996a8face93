using DicomRn.EndToEnd.Tests.Programs;
using DicomRn.Node.Administration.Jobs;
using DicomRn.Node.State;

namespace DicomRn.EndToEnd.Tests;

/// <summary>
/// The node is killed between every two durable steps while several modalities send, and makes good at its next start what was half done.
/// The cases share a data directory, so that each one's crash lies on top of those before.
/// </summary>
[Collection(SideBySide.KillPoints)]
public sealed class KillPointTests(KillBench bench) : IClassFixture<KillBench>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>The points that have a test of their own.</summary>
    private static readonly KillPoint[] Others =
    [
        KillPoint.ReceivingQuarantineWritten, KillPoint.ReceivingReplacementWritten, KillPoint.DeletionMarked, KillPoint.DeletionFileRemoved,
        KillPoint.DeletionFilesRemoved, KillPoint.DeletionRecorded, KillPoint.BackupCopied,
        .. FetchKillPointTests.Points,
    ];

    /// <summary>What the program does, in its order: each row is a part of its work.</summary>
    private static readonly string[][] Parts =
        [["Receiving"], ["Assembly", "Processing", "Matching", "Classification", "Reporting"], ["Delivery", "Commitment", "Confirmation"]];

    public static TheoryData<string> Works => [.. Parts.Select(part => part[0])];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Works))]
    public async Task Killed_under_load_at_one_point_after_the_other_the_node_has_lost_nothing_and_delivers_once(string work)
    {
        KillPoint[] points = [.. Enum.GetValues<KillPoint>().Except(Others).Where(p => PartOf(p)[0] == work)];
        Assert.NotEmpty(points);
        foreach (KillPoint point in points)
        {
            await StartAsync();
            // Not the first time, so that there are instances and studies before and behind it; a batch may hold all there is.
            bench.Node.KillAt(point, IsPerInstance(point) ? 17 : IsPerBatch(point) ? 1 : 2);

            await bench.LoadAsync(NeedsModel(point) ? [true, false, true] : [false, false, false]);
            await bench.DiedAtAsync(point, Limit);
            bench.Node.Spare();
        }

        await bench.RecoverAsync();
    }

    [Fact]
    public async Task Killed_while_it_settles_anew_what_a_kill_left_half_it_settles_a_third_time()
    {
        await StartAsync();
        bench.Node.KillAt(KillPoint.ReceivingFileWritten, 5);
        await bench.LoadAsync(false, false);
        await bench.DiedAtAsync(KillPoint.ReceivingFileWritten, Limit);

        bench.Node.KillAt(KillPoint.ReceivingReplacementWritten, 1);
        bench.Node.Start();
        await bench.DiedAtAsync(KillPoint.ReceivingReplacementWritten, Limit);
        bench.Node.Spare();

        await bench.RecoverAsync();
    }

    [Fact]
    public async Task Killed_while_it_sets_a_conflicting_instance_aside_it_knows_of_the_file()
    {
        await StartAsync();
        await bench.LoadAsync(false);
        SentStudy study = bench.Modalities.Studies.First(s => s.IsAcknowledged);
        bench.Node.KillAt(KillPoint.ReceivingQuarantineWritten, 1);

        DicomStatus? before = await study.SendConflictAsync(bench.Node.Port, Cancelled);
        await bench.DiedAtAsync(KillPoint.ReceivingQuarantineWritten, Limit);
        bench.Node.Spare();
        await bench.StartAsync();
        DicomStatus? after = await study.SendConflictAsync(bench.Node.Port, Cancelled);

        Assert.Null(before);
        Assert.Equal(DicomStatus.DuplicateSOPInstance, after);
        await bench.RecoverAsync();
    }

    [Theory]
    [InlineData(nameof(KillPoint.DeletionMarked), 1)]
    [InlineData(nameof(KillPoint.DeletionFileRemoved), 5)]
    [InlineData(nameof(KillPoint.DeletionFilesRemoved), 1)]
    [InlineData(nameof(KillPoint.DeletionRecorded), 1)]
    public async Task Killed_while_it_deletes_a_study_it_finishes_that(string at, int hit)
    {
        KillPoint point = Enum.Parse<KillPoint>(at);
        await StartAsync();
        if (bench.Modalities.Studies.Count == 0)
        {
            await bench.LoadAsync(false);
            await bench.RecoverAsync();
        }

        SentStudy study = bench.Modalities.Studies.First();
        await bench.Audit.NoteDeletionAsync(study.StudyInstanceUid);
        bench.Node.KillAt(point, hit);

        await using (IJobs jobs = await JobsAccess.OpenAsync(bench.Node.Settings, null, Cancelled))
            await Assert.ThrowsAnyAsync<Exception>(() => jobs.DiscardAsync(study.StudyInstanceUid, "a test", "kill", Cancelled));
        await bench.DiedAtAsync(point, Limit);
        bench.Node.Spare();
        bench.Modalities.Forget(study);

        await bench.RecoverAsync();
        Assert.DoesNotContain(study.StudyInstanceUid, (await bench.Records.StudiesAsync()).Keys);
        Assert.Contains((study.StudyInstanceUid, true), await bench.Records.DeletionsAsync());
        Assert.False(Directory.Exists(Path.Combine(bench.Node.Data, "instances", study.StudyInstanceUid)));
        Assert.False(Directory.Exists(Path.Combine(bench.Node.Data, "work", study.StudyInstanceUid)));
    }

    [Fact]
    public async Task Backup_that_was_killed_is_made_anew_under_the_same_name_and_leaves_nothing()
    {
        await StartAsync();
        await bench.LoadAsync(false);
        string[] backup = ["backup", "--data", bench.Node.Data, "--output", bench.Folder["backups", "one"]];
        await using (RunningProgram killed = bench.Node.Command(KillPoint.BackupCopied, backup))
        {
            Assert.NotEqual(0, await killed.ExitAsync(Limit));
            Assert.Contains($"Killed at {KillPoint.BackupCopied}", killed.Error, StringComparison.Ordinal);
        }

        await using RunningProgram again = bench.Node.Command(null, backup);
        Assert.True(await again.ExitAsync(Limit) == 0, again.Error);

        Assert.Equal(["one"], Directory.EnumerateFileSystemEntries(bench.Folder["backups"]).Select(Path.GetFileName));
        await using RunningProgram restore = bench.Node.Command(null, "restore", "--input", bench.Folder["backups", "one"], "--data", bench.Folder["restored"]);
        Assert.True(await restore.ExitAsync(Limit) == 0, restore.Error);
        Directory.Delete(bench.Folder["backups"], recursive: true);
        Directory.Delete(bench.Folder["restored"], recursive: true);
    }

    private async Task StartAsync()
    {
        Assert.SkipUnless(KillPoints.AreThere, "A release has no kill points.");
        await bench.StartAsync();
    }

    /// <summary>The part of the work that a point lies in.</summary>
    private static string[] PartOf(KillPoint point) => Parts.Single(part => part.Any(step => point.ToString().StartsWith(step, StringComparison.Ordinal)));

    private static bool IsPerInstance(KillPoint point) => point is KillPoint.ReceivingInstanceBegun or KillPoint.ReceivingLogWritten
        or KillPoint.ReceivingLogSynced or KillPoint.ReceivingFileWritten;

    private static bool IsPerBatch(KillPoint point) => point is KillPoint.ReceivingFilesSynced or KillPoint.ReceivingRecorded
        or KillPoint.ReceivingLogReleased or KillPoint.AssemblyCompleted;

    private static bool NeedsModel(KillPoint point) => point is KillPoint.MatchingMasksWritten or KillPoint.ClassificationMapsWritten
        or KillPoint.ClassificationRecorded or KillPoint.ReportingFileWritten or KillPoint.DeliveryAnswered;
}
