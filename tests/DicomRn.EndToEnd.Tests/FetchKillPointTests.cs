using DicomRn.EndToEnd.Tests.Programs;
using DicomRn.Node.State;

namespace DicomRn.EndToEnd.Tests;

/// <summary>
/// The node is killed between the durable steps of fetching, and makes good at its next start what was half done: a study without
/// contours gets those of another study of the patient.
/// </summary>
[Collection(SideBySide.SeveralNodes)]
public sealed class FetchKillPointTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly ScratchFolder _folder = new();
    private readonly ArchivingPacs _pacs = new("PACS");
    private PhantomStudies _phantom = null!;
    private MortalNode _node = null!;
    private NodeRecords _records = null!;

    internal static KillPoint[] Points { get; } =
    [
        KillPoint.FetchingHeld, KillPoint.FetchingBegun, KillPoint.FetchingFound, KillPoint.FetchingFileWritten, KillPoint.FetchingRecorded,
        KillPoint.FetchingEnded,
    ];

    public async ValueTask InitializeAsync()
    {
        _phantom = await PhantomStudies.WriteAsync(_folder, "6,6,6");
        _node = new MortalNode(_folder, [_pacs], "Fetching:OwnStore=true");
        _records = new NodeRecords(_node.Data);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        _pacs.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Killed_while_it_fetches_the_node_uses_what_it_fetches_once_and_leaves_nothing_behind()
    {
        Assert.SkipUnless(KillPoints.AreThere, "A release has no kill points.");
        await _node.StartAndListenAsync();
        (string drawn, _) = await SendAsync(1, contours: true);
        await DeliveredAsync(drawn);

        List<string> studies = [];
        foreach (KillPoint point in Points)
        {
            _node.KillAt(point, 1);
            int copy = studies.Count + 2;
            (string study, bool isWhole) = await SendAsync(copy, contours: false);
            await _node.Program.ExitAsync(Limit);
            Assert.Contains($"Killed at {point}:", _node.Program.Error, StringComparison.Ordinal);
            _node.Spare();
            await _node.StartAndListenAsync();
            // It died over an earlier one.
            if (!isWhole)
                (_, isWhole) = await SendAsync(copy, contours: false);
            Assert.True(isWhole);
            studies.Add(study);
        }

        foreach (string study in studies)
        {
            await DeliveredAsync(study);
            Assert.Equal(1, (await _records.StudiesAsync())[study].Revision);
            string[] files = [.. Directory.EnumerateFileSystemEntries(Path.Combine(_node.Data, "fetched", study)).Select(Relative).Order()];
            Assert.Equal((await _records.FetchedAsync()).Where(p => p.Contains(study, StringComparison.Ordinal)).Order(), files);
            Assert.Single(_pacs.Arrivals.Where(a => a.StudyInstanceUid == study && a.Modality == "SR").Select(a => a.SopInstanceUid).Distinct());
        }
    }

    private string Relative(string path) => Path.GetRelativePath(_node.Data, path).Replace('\\', '/');

    private async Task DeliveredAsync(string study)
    {
        string? last = null;
        try
        {
            await Eventually.GetAsync($"{study} to be delivered", Limit, async _ =>
            {
                last = (await _records.StudiesAsync()).GetValueOrDefault(study).State;
                return last == "Delivered" ? last : null;
            });
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message} It is {last}.\n{_node.Program.Error}", e);
        }
    }

    /// <summary>Sends a copy of the phantom, in the frame of reference of all copies; the node may die over it.</summary>
    private async Task<(string Study, bool IsWhole)> SendAsync(int copy, bool contours)
    {
        List<DicomDataset> datasets = await _phantom.CopyAsync(copy);
        if (!contours)
            datasets.RemoveAll(d => d.GetSingleValue<string>(DicomTag.Modality) != "MR");
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", _node.Port, false, "MODALITY", "DICOMRN");
        foreach (DicomDataset dataset in datasets)
        {
            KeepFrame(dataset);
            await client.AddRequestAsync(new DicomCStoreRequest(new DicomFile(dataset)));
        }

        string study = datasets[0].GetSingleValue<string>(DicomTag.StudyInstanceUID);
        try
        {
            await client.SendAsync(TestContext.Current.CancellationToken);
            return (study, true);
        }
        catch (Exception e) when (e is DicomNetworkException or IOException or System.Net.Sockets.SocketException)
        {
            return (study, false);
        }
    }

    private static void KeepFrame(DicomDataset dataset)
    {
        foreach (DicomItem item in dataset.ToArray())
        {
            if (item is DicomSequence sequence)
            {
                foreach (DicomDataset below in sequence.Items)
                    KeepFrame(below);
            }
            else if (item.Tag == DicomTag.FrameOfReferenceUID || item.Tag == DicomTag.ReferencedFrameOfReferenceUID)
            {
                dataset.AddOrUpdate(item.Tag, "1.2.826.0.1.3680043.8.498.9");
            }
        }
    }
}
