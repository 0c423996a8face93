using System.Diagnostics;
using DicomRn.EndToEnd.Tests.Programs;

namespace DicomRn.EndToEnd.Tests;

/// <summary>
/// The node at work for a long time: good senders and rude ones, PACS that come and go, classification on. See README.md of this folder.
/// </summary>
public sealed class Soak(KillBench bench) : IClassFixture<KillBench>
{
    private const int Senders = 2;
    private static readonly TimeSpan BetweenStudies = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan BetweenRudes = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RudePatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenSamples = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PacsAway = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan EndLimit = TimeSpan.FromMinutes(10);

    // What the runtime gives and takes from one quarter of the run to another, however it is loaded.
    private const double MostGrowthMb = 32;
    private const int MostMoreDescriptors = 12;
    private const int MostMoreThreads = 8;

    private readonly List<ProcessSample> _samples = [];
    private int _rude;

    [Fact(Explicit = true)]
    public async Task Nothing_grows_and_nothing_is_lost_or_doubled()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Memory and descriptors are read from /proc.");
        TimeSpan time = TimeSpan.FromMinutes(RunOption.Number("DICOMRN_SOAK_MINUTES", 30));
        await bench.StartAsync();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task watching = WatchAsync(end.Token);
        Task[] working =
        [
            .. Enumerable.Range(0, Senders).Select(_ => SendAsync(end.Token)), BeRudeAsync(end.Token), ComeAndGoAsync(end.Token), watching,
        ];

        await Task.WhenAny([.. working, Task.Delay(time, end.Token)]);
        await end.CancelAsync();
        foreach (Task task in working)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);

        Assert.True(bench.Node.IsRunning, bench.Node.Program.Error);
        foreach (ArchivingPacs pacs in bench.Destinations)
            pacs.Return();
        await bench.RecoverAsync(EndLimit);
        ProcessSample quiet = ProcessSample.Take(bench.Node.Program.Id, time);
        Report(quiet);
        AssertFlat(quiet);
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        for (int n = 0; ; n++)
        {
            await bench.Modalities.SendAsync(await bench.Modalities.NextAsync(hasContours: n % 2 == 0), cancellationToken);
            await Task.Delay(BetweenStudies, cancellationToken);
        }
    }

    private async Task BeRudeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (string name in RudePeers.Names)
            {
                using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                patience.CancelAfter(RudePatience);
                try
                {
                    await RudePeers.CallAsync(name, bench.Node.Port, patience.Token);
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    Assert.Fail($"{name}: the node has not ended the connection after {RudePatience.TotalSeconds:F0} s.");
                }

                _rude++;
                await Task.Delay(BetweenRudes, cancellationToken);
            }
        }
    }

    private async Task ComeAndGoAsync(CancellationToken cancellationToken)
    {
        for (int n = 0; ; n++)
        {
            ArchivingPacs pacs = bench.Destinations[n % bench.Destinations.Count];
            await Task.Delay(PacsAway, cancellationToken);
            pacs.Leave();
            await bench.Audit.NoteKillAsync(bench.Records);
            await Task.Delay(PacsAway, cancellationToken);
            pacs.Return();
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        using PeriodicTimer timer = new(BetweenSamples);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            ProcessSample sample = ProcessSample.Take(bench.Node.Program.Id, Stopwatch.GetElapsedTime(start));
            _samples.Add(sample);
            if (_samples.Count % 3 == 0)
                RunOption.Tell($"{sample.At.TotalMinutes,5:F1} min: {sample.ResidentMb,6:F0} MB resident, {sample.Descriptors,4} descriptors, {sample.Threads,3} threads; {bench.Modalities.Studies.Count} studies begun, {_rude} rude peers, {string.Join(", ", bench.Destinations.Select(p => $"{p.Count} results at {p.AeTitle}"))}");
        }
    }

    private void Report(ProcessSample quiet)
    {
        ProcessSample[] quarters = [Typical(0), Typical(1), Typical(2), Typical(3)];
        RunOption.Tell($"{bench.Modalities.Studies.Count} studies, {bench.Modalities.Acknowledged.Count} instances acknowledged: all there and as they were sent; {_rude} rude peers");
        RunOption.Tell($"{string.Join(", ", bench.Destinations.Select(p => $"{p.Count} results at {p.AeTitle}, {p.Arrivals.Count - p.Count} repeats after its going"))}");
        RunOption.Tell($"Quarters of the run, medians: {string.Join("; ", quarters.Select(q => FormattableString.Invariant($"{q.ResidentMb:F0} MB, {q.Descriptors} descriptors, {q.Threads} threads")))}; when it was quiet again {quiet.ResidentMb:F0} MB, {quiet.Descriptors} descriptors, {quiet.Threads} threads");
    }

    /// <summary>
    /// The last quarter against the second: in the first, the node warms up. Memory that is given back when the work is done was the
    /// work's: a node that is behind holds more.
    /// </summary>
    private void AssertFlat(ProcessSample quiet)
    {
        (ProcessSample before, ProcessSample after) = (Typical(1), Typical(3));
        double held = Math.Min(after.ResidentMb, quiet.ResidentMb);
        Assert.True(held <= before.ResidentMb + MostGrowthMb, $"Memory grows: {before.ResidentMb:F0} MB, then {after.ResidentMb:F0} MB, and {quiet.ResidentMb:F0} MB when the node is quiet.");
        Assert.True(after.Descriptors <= before.Descriptors + MostMoreDescriptors, $"Descriptors grow: {before.Descriptors}, then {after.Descriptors}.");
        Assert.True(after.Threads <= before.Threads + MostMoreThreads, $"Threads grow: {before.Threads}, then {after.Threads}.");
    }

    /// <summary>The medians of a quarter of the run.</summary>
    private ProcessSample Typical(int quarter)
    {
        ProcessSample[] samples = [.. _samples.Skip(_samples.Count * quarter / 4).Take(Math.Max(1, _samples.Count / 4))];
        return new ProcessSample(samples[0].At, Median(s => s.ResidentMb), (int)Median(s => s.Descriptors), (int)Median(s => s.Threads));

        double Median(Func<ProcessSample, double> of) => samples.Select(of).Order().ElementAt(samples.Length / 2);
    }
}
