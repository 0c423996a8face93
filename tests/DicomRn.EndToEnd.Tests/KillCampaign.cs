using System.Diagnostics;
using DicomRn.EndToEnd.Tests.Programs;

namespace DicomRn.EndToEnd.Tests;

/// <summary>
/// The node is killed (SIGKILL) at random times, many times over, while modalities send without a pause: see README.md of this folder.
/// </summary>
public sealed class KillCampaign(KillBench bench) : IClassFixture<KillBench>
{
    private const int Senders = 3;
    private const int StudiesPerLife = 4;
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndLimit = TimeSpan.FromMinutes(15);

    private int _killedWhileStarting;
    private TimeSpan _longestStart;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Killed_at_random_times_the_node_has_lost_nothing_and_delivered_once()
    {
        int kills = RunOption.Number("DICOMRN_KILLS", 100);
        int seed = RunOption.Number("DICOMRN_SEED", Environment.TickCount);
        RunOption.Tell($"{kills} kills, seed {seed}");
        Random random = new(seed);
        using SemaphoreSlim begun = new(0);
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        Task[] sending = [.. Enumerable.Range(0, Senders).Select(_ => SendAsync(begun, enough.Token))];

        for (int kill = 1; kill <= kills; kill++)
        {
            begun.Release(StudiesPerLife);
            await LiveAsync(random);
            if (kill % 10 == 0)
                RunOption.Tell($"{kill} kills: {bench.Modalities.Studies.Count} studies, {bench.Modalities.Acknowledged.Count} instances acknowledged, {bench.Destinations[0].Count} results at the PACS");
        }

        await enough.CancelAsync();
        await Task.WhenAll(sending.Select(s => s.ContinueWith(_ => { }, TaskScheduler.Default)));
        await bench.RecoverAsync(EndLimit);
        Report(kills);
    }

    /// <summary>From a start to a kill: one in four while it starts or recovers, the others while it works.</summary>
    private async Task LiveAsync(Random random)
    {
        // Most lives are short, and some long enough for a study to be classified and delivered.
        double part = random.NextDouble();
        TimeSpan delay = LongestLife * part * part;
        long start = Stopwatch.GetTimestamp();
        if (random.Next(4) == 0)
        {
            delay = LongestStart * part;
            bench.Node.Start();
            _killedWhileStarting++;
        }
        else
        {
            await bench.Node.StartAndListenAsync();
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            _longestStart = took > _longestStart ? took : _longestStart;
        }

        await Task.Delay(delay, Cancelled);
        Assert.True(bench.Node.IsRunning, bench.Node.Program.Error);
        await bench.Node.Program.KillAsync();
        await bench.NoteKillAsync();
    }

    private async Task SendAsync(SemaphoreSlim begun, CancellationToken cancellationToken)
    {
        for (int n = 0; ; n++)
        {
            await begun.WaitAsync(cancellationToken);
            await bench.Modalities.SendAsync(await bench.Modalities.NextAsync(hasContours: n % 3 == 0), cancellationToken);
        }
    }

    private void Report(int kills)
    {
        int repeats = bench.Destinations.Sum(pacs => pacs.Arrivals.Count - pacs.Count);
        RunOption.Tell($"{kills} kills, {_killedWhileStarting} of them up to 4 s after the start of the process; the longest start until it listened took {_longestStart.TotalSeconds:F1} s");
        RunOption.Tell($"{bench.Modalities.Studies.Count} studies, {bench.Modalities.Acknowledged.Count} instances acknowledged: all there and as they were sent");
        RunOption.Tell($"{string.Join(", ", bench.Destinations.Select(pacs => $"{pacs.Count} results at {pacs.AeTitle}"))}: each once; {repeats} came again, bit for bit the same, after a kill between the answer and its record");
    }
}
