using DicomRn.EndToEnd.Tests.Programs;

namespace DicomRn.EndToEnd.Tests;

/// <summary>Three nodes as processes on one PostgreSQL and one data directory, killed and suspended under load.</summary>
[Collection(SideBySide.SeveralNodes)]
public sealed class SeveralNodesTests : IDisposable
{
    private const int StudyCount = 6;
    private const string Victim = "n2";
    private const string OtherVictim = "n3";
    private static readonly TimeSpan ProcessingLimit = TimeSpan.FromMinutes(4);

    private readonly ScratchFolder _folder = new();
    private readonly ArchivingPacs _pacs = new(SharedNodeProgram.PacsAeTitle);

    private SharedNodesAudit Audit => new(_folder, _pacs);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _pacs.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Nodes_killed_under_load_lose_no_instance_and_every_result_reaches_the_PACS_once()
    {
        IReadOnlyList<string[]> studies = await PhantomCopies.WriteAsync(_folder, StudyCount);
        await using SharedNodes nodes = await SharedNodes.StartAsync(3, _folder, _pacs.Port);
        BalancedSender sender = new(nodes.Programs);

        Task sending = SendAllAsync(sender, studies);
        (int Before, List<string> Leases)[] kills = await Task.WhenAll(
            KillAsync(nodes, sender, Victim, "attempt 1 with"), KillAsync(nodes, sender, OtherVictim, "taken by PACS"));
        await sending;
        await AllDeliveredAsync(nodes);

        Assert.All(kills, kill => Assert.InRange(kill.Before, 1, sender.Acknowledged.Count));
        Assert.Contains(kills[0].Leases, held => held.StartsWith("Study ", StringComparison.Ordinal));
        Assert.NotEmpty(kills[1].Leases);
        Assert.Equal(studies.Sum(s => s.Length), sender.Acknowledged.Count);
        await Audit.AssertStoredAsync(nodes.State, sender.Acknowledged);
        await Audit.AssertArrivedOnceAsync(nodes.State, StudyCount, study => kills.Any(kill => kill.Leases.Contains($"Delivery {study} PACS")));
        foreach (string victim in new[] { Victim, OtherVictim })
        {
            await AssertTakenOverAsync(nodes, victim);
            await nodes.StartAgainAsync(victim);
            Assert.Contains(victim, await nodes.State.NodesAsync(Cancelled));
        }
    }

    [Fact]
    public async Task A_node_suspended_for_longer_than_its_leases_stores_nothing_when_it_wakes_up_and_ends()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows cannot suspend a process with a signal.");
        IReadOnlyList<string[]> studies = await PhantomCopies.WriteAsync(_folder, StudyCount);
        // Long enough for everything to be sent before the first study is complete: nobody sends to a suspended node.
        await using SharedNodes nodes = await SharedNodes.StartAsync(3, _folder, _pacs.Port, "Assembly:QuietPeriod=00:00:10");
        BalancedSender sender = new(nodes.Programs);

        await SendAllAsync(sender, studies);
        RunningProgram victim = nodes[Victim].Program;
        await victim.LineAsync(
            $"{Victim} to process a study", line => line.Contains("attempt 1 with", StringComparison.Ordinal), ProcessingLimit);
        await victim.SignalAsync("STOP");
        List<string> leases = await nodes.State.LeasesAsync(Victim, Cancelled);
        await AllDeliveredAsync(nodes);
        await victim.SignalAsync("CONT");

        Assert.Equal(1, await victim.ExitAsync(ProcessingLimit));
        // Its log is its own as long as it lives: what it may write there when it wakes up is not lost.
        await AssertTakenOverAsync(nodes, Victim);
        Assert.Contains("its work is others' now", victim.Error, StringComparison.Ordinal);
        Assert.Equal(StudyCount, (await nodes.State.StudiesAsync(Cancelled))["Delivered"]);
        await Audit.AssertStoredAsync(nodes.State, sender.Acknowledged);
        await Audit.AssertArrivedOnceAsync(nodes.State, StudyCount, study => leases.Contains($"Delivery {study} PACS"));
    }

    /// <summary>Two studies at a time, so that some arrive while others are processed.</summary>
    private static async Task SendAllAsync(BalancedSender sender, IReadOnlyList<string[]> studies)
    {
        foreach (string[][] pair in studies.Chunk(2))
            await Task.WhenAll(pair.Select(study => sender.SendAsync(study, Cancelled)));
    }

    /// <summary>Kills a node when it writes a line; tells what was acknowledged until then, and what it had leases of.</summary>
    private static async Task<(int Before, List<string> Leases)> KillAsync(SharedNodes nodes, BalancedSender sender, string name, string at)
    {
        RunningProgram victim = nodes[name].Program;
        await victim.LineAsync($"{name} at: {at}", line => line.Contains(at, StringComparison.Ordinal), ProcessingLimit);
        int before = sender.Acknowledged.Count;
        await victim.KillAsync();
        return (before, await nodes.State.LeasesAsync(name, Cancelled));
    }

    private static Task AllDeliveredAsync(SharedNodes nodes) => nodes.EventuallyAsync(
        $"{StudyCount} studies to be delivered", ProcessingLimit, nodes.State.StudiesAsync, states => states.GetValueOrDefault("Delivered") == StudyCount);

    /// <summary>Of the others one may have been silent for too long on a busy machine, and have ended as it should.</summary>
    private async Task AssertTakenOverAsync(SharedNodes nodes, string victim)
    {
        await nodes.EventuallyAsync(
            $"the folder of {victim} to be taken over", ProcessingLimit, nodes.State.NodesAsync, names => !names.Contains(victim));
        Assert.Empty(Directory.GetFiles(_folder["data", "nodes", victim, "log", "inbox"]));
    }
}
