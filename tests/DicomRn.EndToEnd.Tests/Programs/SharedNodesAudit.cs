using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>What several nodes owe at the end: every acknowledged instance stored once as it was sent, every result at the PACS.</summary>
/// <param name="folder">Its folder <c>data</c> is the nodes' data directory.</param>
/// <param name="pacs">Where results go.</param>
internal sealed class SharedNodesAudit(ScratchFolder folder, ArchivingPacs pacs)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Every acknowledged instance is recorded once, and its file has the data set that was sent; there is no other file.</summary>
    /// <param name="state">The nodes' database.</param>
    /// <param name="acknowledged">The files that were sent, by SOP Instance UID.</param>
    public async Task AssertStoredAsync(SharedState state, IReadOnlyDictionary<string, string> acknowledged)
    {
        List<StoredInstance> stored = await state.InstancesAsync(Cancelled);
        Assert.Equal(acknowledged.Keys.Order(), stored.Select(s => s.SopInstanceUid).Order());
        foreach (StoredInstance instance in stored)
        {
            byte[] file = await File.ReadAllBytesAsync(folder["data", instance.Path], Cancelled);
            Assert.Equal(instance.DataSetHash, Convert.ToHexString(SHA256.HashData(file.AsSpan(instance.DataSetOffset))));
            byte[] sent = await File.ReadAllBytesAsync(acknowledged[instance.SopInstanceUid], Cancelled);
            Assert.Equal(instance.DataSetHash, Convert.ToHexString(SHA256.HashData(sent.AsSpan(DataSetOffset(sent)))));
        }

        Assert.Equal(stored.Count, Directory.GetFiles(folder["data", "instances"], "*", SearchOption.AllDirectories).Length);
    }

    /// <summary>
    /// The PACS holds exactly the results. C-STORE cannot tell a sender that was cut off that its last request arrived, so what it was
    /// sending may have come again, bit for bit the same; nothing else has.
    /// </summary>
    /// <param name="state">The nodes' database.</param>
    /// <param name="studyCount">How many studies have results.</param>
    /// <param name="mayRepeat">Whether results of the study of this UID may have been under way at a cut.</param>
    public async Task AssertArrivedOnceAsync(SharedState state, int studyCount, Func<string, bool> mayRepeat)
    {
        List<string> results = await state.ResultsAsync(Cancelled);
        ILookup<string, PacsArrival> arrivals = pacs.Arrivals.ToLookup(a => a.SopInstanceUid);
        Assert.Equal(results.Order(), arrivals.Select(a => a.Key).Order());
        Assert.All(arrivals, same => Assert.Single(same.Select(a => a.Digest).Distinct()));
        Assert.All(
            arrivals.Where(a => a.Count() > 1),
            repeated => Assert.True(mayRepeat(repeated.First().StudyInstanceUid), $"{repeated.Key} came {repeated.Count()} times."));
        Assert.Equal(studyCount, pacs.Arrivals.Select(a => a.StudyInstanceUid).Distinct().Count());
        Assert.All(
            pacs.Arrivals.GroupBy(a => a.StudyInstanceUid),
            study => Assert.Contains(study, a => a.Modality == "SR"));
    }

    // PS3.10 7.1: preamble, prefix, and the length of the file meta information as its first element.
    private static int DataSetOffset(byte[] file) => 128 + 4 + 12 + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(128 + 4 + 8));
}
