using System.Diagnostics;
using DicomRn.EndToEnd.Tests.Programs;

namespace DicomRn.EndToEnd.Tests;

/// <summary>How long a node that was killed takes until it listens again: see README.md of this folder.</summary>
public sealed class RecoveryTime : IDisposable
{
    private const int Senders = 4;
    private const int OnlyInTheLog = 600;
    private const int PixelBytes = 131_072;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly ScratchFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact(Explicit = true)]
    public async Task Killed_node_listens_again_in_seconds()
    {
        int count = RunOption.Number("DICOMRN_INSTANCES", 10_000);
        string[] settings = ["Assembly:QuietPeriod=00:30:00", "Receiving:Log:SegmentSize=67108864", "Receiving:Log:Segments=8", "Receiving:DiskReserve:Percent=0"];
        await using MortalNode node = new(_folder, [], [.. settings, "Receiving:Log:SettleDelay=00:00:00.2"]);
        await node.StartAndListenAsync();
        NodeRecords records = new(node.Data);
        await SendAsync(node.Port, 0, count);
        await Eventually.GetAsync("all to be stored", Limit, async _ => await records.CountInstancesAsync() == count ? "" : null);
        await node.Program.KillAsync();
        TimeSpan stored = await StartAsync(node);
        await node.Program.KillAsync();

        // The same data directory, with instances that stay in the log.
        await using MortalNode slow = new(_folder, [], [.. settings, "Receiving:Log:SettleDelay=00:00:10"]);
        await slow.StartAndListenAsync();
        await SendAsync(slow.Port, count, OnlyInTheLog);
        int before = await records.CountInstancesAsync();
        await slow.Program.KillAsync();
        TimeSpan logged = await StartAsync(slow);

        Assert.Equal(count + OnlyInTheLog, await records.CountInstancesAsync());
        RunOption.Tell($"{count} instances of {PixelBytes / 1024} KiB stored: listens {stored.TotalSeconds:F1} s after the start of the process");
        RunOption.Tell($"{count + OnlyInTheLog - before} more only in the log: {logged.TotalSeconds:F1} s");
    }

    private static async Task<TimeSpan> StartAsync(MortalNode node)
    {
        long start = Stopwatch.GetTimestamp();
        await node.StartAndListenAsync();
        return Stopwatch.GetElapsedTime(start);
    }

    private static Task SendAsync(int port, int first, int count) => Task.WhenAll(
        Enumerable.Range(0, Senders).Select(sender => SendShareAsync(port, sender, first, count)));

    private static async Task SendShareAsync(int port, int sender, int first, int count)
    {
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", port, false, "MODALITY", "DICOMRN");
        int stored = 0, asked = 0;
        for (int i = first + sender; i < first + count; i += Senders, asked++)
            await client.AddRequestAsync(new DicomCStoreRequest(Instance(i))
            {
                OnResponseReceived = (_, response) => stored += response.Status == DicomStatus.Success ? 1 : 0,
            });
        await client.SendAsync(Cancelled);
        Assert.Equal(asked, stored);
    }

    // Ten studies, so that recovery has some.
    private static DicomFile Instance(int number)
    {
        string study = FormattableString.Invariant($"1.2.826.0.1.3680043.2.1.8.{(number % 10) + 1}");
        return new DicomFile(new DicomDataset
        {
            { DicomTag.SOPClassUID, DicomUID.MRImageStorage },
            { DicomTag.SOPInstanceUID, FormattableString.Invariant($"{study}.1.{number + 1}") },
            { DicomTag.StudyInstanceUID, study },
            { DicomTag.SeriesInstanceUID, study + ".1" },
            { DicomTag.Modality, "MR" },
            new DicomOtherWord(DicomTag.PixelData, new ushort[PixelBytes / 2]),
        });
    }
}
