using System.Globalization;
using System.Xml.Linq;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>
/// Holds a node against what it promised: what it acknowledged is on its disk as it was sent, every study has ended and its results are at
/// every destination once, and no file is there that nothing knows of.
/// </summary>
internal sealed class NodeAudit(NodeRecords records, Modalities modalities, IReadOnlyList<ArchivingPacs> destinations)
{
    private static readonly string[] Known =
        ["admin", "audit", "deletion.lock", "fetched", "instances", "log", "node.lock", "quarantine", "state", "work"];

    private readonly HashSet<(string Sop, string Destination)> _mayRepeat = [];
    private readonly HashSet<string> _deletedResults = new(StringComparer.Ordinal);

    /// <summary>Notes, after a kill, which results a destination may have taken without the node having recorded that.</summary>
    public async Task NoteKillAsync(NodeRecords copy)
    {
        foreach ((string sop, string destination, string state) in await copy.DeliveriesAsync())
            if (state == "Queued")
                _mayRepeat.Add((sop, destination));
    }

    /// <summary>Notes that the records of a study's results will be gone.</summary>
    public async Task NoteDeletionAsync(string study) =>
        _deletedResults.UnionWith((await records.ResultsAsync()).Where(r => r.Study == study).Select(r => r.Sop));

    /// <summary>Waits until every study has ended: everything that was acknowledged is recorded, and every result delivered.</summary>
    public async Task QuietAsync(TimeSpan limit)
    {
        int expected = modalities.Studies.Sum(s => s.Count);
        string last = "";
        try
        {
            await Eventually.GetAsync("all studies to end", limit, async _ =>
            {
                int instances = await records.CountInstancesAsync();
                if (instances < expected)
                {
                    last = $"{instances} of {expected} instances are recorded";
                    return null;
                }

                Dictionary<string, (string State, int Revision)> studies = await records.StudiesAsync();
                string[] open = [.. modalities.Studies
                    .Where(s => studies.GetValueOrDefault(s.StudyInstanceUid).State != (s.HasContours ? "Delivered" : "NeedsAttention"))
                    .Select(s => $"{s.StudyInstanceUid} (contours: {s.HasContours}) is {studies.GetValueOrDefault(s.StudyInstanceUid)}")];
                int deliveries = await records.CountOpenDeliveriesAsync();
                last = $"{deliveries} deliveries are open\n{string.Join('\n', open)}";
                return open.Length == 0 && deliveries == 0 ? "" : null;
            });
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{last}");
        }
    }

    /// <summary>The audit. The node has to be quiet.</summary>
    public async Task AssertAsync()
    {
        Assert.Empty(modalities.Refusals);
        await AssertStoredAsync();
        await AssertDeliveredOnceAsync();
        await AssertNoOrphansAsync();
        AssertAudited();
    }

    /// <summary>Every acknowledged instance is recorded once, and its file has the data set that was sent; there is no other file.</summary>
    public async Task AssertStoredAsync()
    {
        Dictionary<string, string> acknowledged = modalities.Acknowledged;
        List<StoredInstance> stored = await records.InstancesAsync();
        string[] lost = [.. acknowledged.Keys.Except(stored.Select(s => s.SopInstanceUid))];
        Assert.True(lost.Length == 0, $"Acknowledged and lost: {string.Join(", ", lost)}");
        foreach (StoredInstance instance in stored)
        {
            byte[] file = await File.ReadAllBytesAsync(Path.Combine(records.Data, instance.Path), TestContext.Current.CancellationToken);
            string hash = SentStudy.HashDataSet(file);
            Assert.Equal(instance.DataSetHash, hash);
            if (acknowledged.TryGetValue(instance.SopInstanceUid, out string? sent))
                Assert.True(sent == hash, $"{instance.SopInstanceUid} is not what was sent.");
        }

        Assert.Equal(stored.Select(s => s.Path).Order(StringComparer.Ordinal), FilesBelow("instances"));
    }

    /// <summary>
    /// Every destination holds exactly the results. C-STORE cannot tell a killed sender that its last request arrived, so what the node had
    /// not recorded as answered may have come again, bit for bit the same; nothing else has.
    /// </summary>
    private async Task AssertDeliveredOnceAsync()
    {
        string[] results = [.. (await records.ResultsAsync()).Select(r => r.Sop).Union(_deletedResults).Order(StringComparer.Ordinal)];
        foreach (ArchivingPacs pacs in destinations)
        {
            ILookup<string, PacsArrival> arrivals = pacs.Arrivals.ToLookup(a => a.SopInstanceUid);
            Assert.Equal(results, arrivals.Select(a => a.Key).Order(StringComparer.Ordinal));
            foreach (IGrouping<string, PacsArrival> same in arrivals.Where(a => a.Count() > 1))
            {
                Assert.Single(same.Select(a => a.Digest).Distinct());
                Assert.True(
                    _mayRepeat.Contains((same.Key, pacs.AeTitle)),
                    $"{same.Key} came to {pacs.AeTitle} {same.Count()} times, though its first coming was recorded.");
            }
        }

        HashSet<string> reported = [.. destinations[0].Arrivals.Where(a => a.Modality == "SR").Select(a => a.StudyInstanceUid)];
        Assert.All(modalities.Studies, study => Assert.Contains(study.StudyInstanceUid, reported));
    }

    /// <summary>The audit trail tells of every instance that came, those of associations that the node did not outlive included.</summary>
    private void AssertAudited()
    {
        Dictionary<string, int> told = Directory.EnumerateFiles(Path.Combine(records.Data, "audit"), "audit-*.log").SelectMany(File.ReadLines)
            .Select(XElement.Parse)
            .Where(message => message.Element("EventIdentification")!.Attribute("EventActionCode")!.Value == "C")
            .SelectMany(message => message.Elements("ParticipantObjectIdentification"))
            .GroupBy(subject => subject.Attribute("ParticipantObjectID")!.Value, subject => subject.Descendants("SOPClass").Sum(c => (int)c.Attribute("NumberOfInstances")!))
            .ToDictionary(subject => subject.Key, subject => subject.Sum());
        Assert.All(modalities.Studies, study => Assert.InRange(told.GetValueOrDefault(study.StudyInstanceUid), study.Count, int.MaxValue));
    }

    private async Task AssertNoOrphansAsync()
    {
        Assert.Empty(Directory.EnumerateFileSystemEntries(records.Data).Select(Path.GetFileName).Except(Known));
        Assert.All(FilesBelow("log"), f => Assert.True(IsOfLog(f), f));
        Assert.Equal((await records.QuarantineAsync()).Order(StringComparer.Ordinal), FilesBelow("quarantine"));
        Assert.Empty(Directory.EnumerateFiles(records.Data, "*.part*", SearchOption.AllDirectories));
        Dictionary<string, (string State, int Revision)> studies = await records.StudiesAsync();
        HashSet<string> results = [.. (await records.ResultsAsync()).Select(r => Path.GetRelativePath(records.Data, r.Path).Replace('\\', '/'))];
        Assert.Empty(results.Except(FilesBelow("work")));
        foreach (string file in FilesBelow("work"))
        {
            // work/STUDY/REVISION/…
            string[] parts = file.Split('/');
            Assert.True(studies.TryGetValue(parts[1], out (string State, int Revision) study), $"{file} is of no study.");
            int revision = int.Parse(parts[2], CultureInfo.InvariantCulture);
            Assert.InRange(revision, 1, study.Revision);
            // Earlier revisions that late instances have overtaken have no results.
            if (revision == study.Revision && file.EndsWith(".dcm", StringComparison.Ordinal))
                Assert.Contains(file, results);
        }
    }

    private static bool IsOfLog(string file) => file is "log/lock" or "log/settled.log"
        || (file.StartsWith("log/segment-", StringComparison.Ordinal) && file.EndsWith(".log", StringComparison.Ordinal));

    private IEnumerable<string> FilesBelow(string folder)
    {
        string path = Path.Combine(records.Data, folder);
        return !Directory.Exists(path) ? [] : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(records.Data, f).Replace('\\', '/')).Order(StringComparer.Ordinal);
    }
}
