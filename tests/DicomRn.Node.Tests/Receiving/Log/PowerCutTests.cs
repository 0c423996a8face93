using CsCheck;
using DicomRn.Node.Receiving.Log;
using DicomRn.Node.Tests.Support;

namespace DicomRn.Node.Tests.Receiving.Log;

/// <summary>
/// The power of a simulated disk goes at any moment, several times over, in the middle of writes, syncs, settling and recovery.
/// </summary>
public class PowerCutTests
{
    private static readonly InstanceLogOptions Options = new() { SegmentSize = 64 * 1024, Segments = 3, SettleDelay = TimeSpan.Zero };

    [Fact]
    public Task What_was_acknowledged_outlives_every_power_cut_and_nothing_half_appears() =>
        Gen.Int[0, int.MaxValue].SampleAsync(RunAsync, iter: 300);

    private static async Task RunAsync(int seed)
    {
        Random random = new(seed);
        Dictionary<string, byte[]> sent = new(StringComparer.Ordinal);
        HashSet<string> acknowledged = new(StringComparer.Ordinal);
        MemorySettlement settlement = new();
        SimulatedDisk disk = new(new Random(seed + 1), random.Next(5, 60));
        for (int life = 0; life < 6; life++)
        {
            try
            {
                await LiveAsync(disk, random, life, sent, acknowledged, settlement);
            }
            catch (IOException)
            {
                // The power went.
            }

            disk = disk.CutPower(random.Next(5, 60));
        }

        settlement.FailsAfter = null;
        using InstanceLog last = InstanceLog.Open(disk.CutPower(), "", Options);
        await SettleAsync(last, settlement, int.MaxValue);
        foreach (string sop in acknowledged)
            Assert.True(settlement.Stored.ContainsKey(sop), $"Seed {seed}: {sop} was acknowledged and is lost.");
        foreach ((string sop, byte[] stored) in settlement.Stored)
            Assert.True(stored.AsSpan().SequenceEqual(sent[sop]), $"Seed {seed}: {sop} is not what was sent.");
    }

    // From a start to the moment when the power goes, or the program is killed.
    private static async Task LiveAsync(
        SimulatedDisk disk, Random random, int life, Dictionary<string, byte[]> sent, HashSet<string> acknowledged,
        MemorySettlement settlement)
    {
        using InstanceLog log = InstanceLog.Open(disk, "", Options);
        using CancellationTokenSource end = new();
        Task preparing = log.PrepareAsync(_ => { }, end.Token);
        Task releasing = ReleaseAsync(disk, log, end.Token);
        try
        {
            settlement.FailsAfter = random.Next(4) == 0 ? random.Next(3) : null;
            await SettleAsync(log, settlement, int.MaxValue);
            for (int round = 0; round < 12; round++)
            {
                disk.FailsSyncs = random.Next(10) == 0;
                List<(string Sop, Task Appended)> appends = [];
                int count = disk.FailsSyncs ? 1 : random.Next(1, 4);
                for (int i = 0; i < count; i++)
                {
                    string sop = $"1.{life}.{round}.{i}";
                    byte[] content = new byte[random.Next(3) == 0 ? random.Next(20_000) : random.Next(3_000)];
                    random.NextBytes(content);
                    sent[sop] = content;
                    appends.Add((sop, Task.Run(() => log.AppendAsync(sop, content))));
                }

                foreach ((string sop, Task appended) in appends)
                    if (await SucceedsAsync(appended))
                        acknowledged.Add(sop);
                bool failed = disk.FailsSyncs;
                disk.FailsSyncs = false;
                // Whoever appends must not wait for room, which nobody makes meanwhile.
                if (log.IsHalfFull || failed)
                    await SettleAsync(log, settlement, int.MaxValue);
                else if (random.Next(3) == 0)
                    await SettleAsync(log, settlement, random.Next(1, 10));
            }
        }
        finally
        {
            await end.CancelAsync();
            await SucceedsAsync(preparing);
            await SucceedsAsync(releasing);
        }
    }

    // Nobody settles when the power has gone.
    private static async Task ReleaseAsync(SimulatedDisk disk, InstanceLog log, CancellationToken end)
    {
        await disk.PowerGone.WaitAsync(end);
        log.FailSettling(new IOException("There is no power."));
    }

    private static async Task SettleAsync(InstanceLog log, MemorySettlement settlement, int most)
    {
        while (log.Next(most, long.MaxValue) is { Count: > 0 } next)
        {
            await settlement.SettleAsync("", next, TestContext.Current.CancellationToken);
            log.EndSettling(next);
        }
    }

    private static async Task<bool> SucceedsAsync(Task task)
    {
        try
        {
            await task;
            return true;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
