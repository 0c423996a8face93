using System.Security.Cryptography;
using DicomRn.Node.Matching;
using DicomRn.Node.Receiving;
using DicomRn.Node.State;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Fetching;

/// <summary>
/// Gives fetched objects their files, durably, before they are recorded. What is of another patient goes to the quarantine, and what was
/// not asked for is dropped.
/// </summary>
/// <param name="task">The study that it is done for.</param>
/// <param name="patient">Its patient.</param>
/// <param name="store">Told of what is set aside.</param>
/// <param name="folders">Where the files go.</param>
/// <param name="logger">Told of what is set aside.</param>
internal sealed class FetchedFolder(FetchTask task, PatientIdentity patient, StateStore store, DataFolders folders, ILogger logger)
{
    private readonly string _folder = folders.FetchedFor(task.StudyInstanceUid);

    /// <summary>An empty folder for what comes.</summary>
    public string CreateInbox()
    {
        string inbox = Path.Combine(_folder, FormattableString.Invariant($".inbox-{task.Lease.Fence}"));
        if (Directory.Exists(inbox))
            Directory.Delete(inbox, recursive: true);
        Directory.CreateDirectory(inbox);
        return inbox;
    }

    /// <summary>Removes what rounds before this one left when the program was killed.</summary>
    public void RemoveInboxes()
    {
        if (!Directory.Exists(_folder))
            return;
        foreach (string inbox in Directory.EnumerateDirectories(_folder, ".inbox-*"))
            Directory.Delete(inbox, recursive: true);
    }

    /// <summary>Gives what came of a series its place.</summary>
    /// <param name="source">Where it came from.</param>
    /// <param name="series">What was asked for.</param>
    /// <param name="files">What came.</param>
    /// <param name="remark">Told of what was not taken.</param>
    /// <returns>What to record.</returns>
    public async Task<IReadOnlyList<FetchedInstanceRecord>> PlaceAsync(
        IFetchSource source, FoundSeries series, IReadOnlyList<string> files, Action<FetchEntryKind, string> remark)
    {
        List<FetchedInstanceRecord> placed = [];
        foreach (string file in files)
        {
            InstanceIdentity identity;
            PatientIdentity named;
            try
            {
                DicomDataset dataset = (await DicomFile.OpenAsync(file, FileReadOption.SkipLargeTags)).Dataset;
                identity = InstanceIdentity.Of(dataset);
                named = PatientIdentity.Of(dataset);
            }
            catch (DicomException e)
            {
                remark(FetchEntryKind.NotTaken, $"an instance of {series} cannot be read: {e.Message}");
                continue;
            }

            if (!identity.HasUsableUids || identity.SeriesInstanceUid != series.SeriesInstanceUid)
                remark(FetchEntryKind.NotTaken, $"an instance came that is not of {series}, which was asked for");
            else if (patient.Contradictions(named) is { Count: > 0 } contradictions)
                await SetAsideAsync(source, identity, file, contradictions, remark);
            else if (named.PatientId.Length == 0)
                remark(FetchEntryKind.NotTaken, $"instance {identity.SopInstanceUid} of {series} names no patient");
            else
                placed.Add(Place(source, identity, file));
        }

        if (placed.Count > 0)
            FolderSync.Sync(_folder);
        return placed;
    }

    /// <summary>Takes back files that are not recorded.</summary>
    public void Remove(IReadOnlyList<FetchedInstanceRecord> objects)
    {
        foreach (FetchedInstanceRecord fetched in objects)
            File.Delete(folders.Absolute(fetched.Path));
    }

    /// <summary>Removes an inbox, and with it the folder if nothing was taken.</summary>
    public void RemoveInbox(string inbox)
    {
        if (Directory.Exists(inbox))
            Directory.Delete(inbox, recursive: true);
        if (Directory.Exists(_folder) && !Directory.EnumerateFileSystemEntries(_folder).Any())
            Directory.Delete(_folder);
    }

    private FetchedInstanceRecord Place(IFetchSource source, InstanceIdentity identity, string file)
    {
        string path = folders.FetchedFile(task.StudyInstanceUid, identity.SopInstanceUid);
        long size = Sync(file);
        File.Move(file, path, overwrite: true);
        KillPoints.Reach(KillPoint.FetchingFileWritten);
        return new FetchedInstanceRecord
        {
            StudyInstanceUid = task.StudyInstanceUid,
            SopInstanceUid = identity.SopInstanceUid,
            SopClassUid = identity.SopClassUid,
            SeriesInstanceUid = identity.SeriesInstanceUid,
            OwnStudyInstanceUid = identity.StudyInstanceUid,
            Path = folders.Relative(path),
            Size = size,
            Source = source.Name,
            At = store.Now,
        };
    }

    private async Task SetAsideAsync(
        IFetchSource source, InstanceIdentity identity, string file, IReadOnlyList<string> contradictions, Action<FetchEntryKind, string> remark)
    {
        string attributes = string.Join(" and ", contradictions);
        remark(FetchEntryKind.SetAside, $"instance {identity.SopInstanceUid} is of another patient by {attributes}; it was set aside and not used");
        Directory.CreateDirectory(folders.Quarantine);
        string path = folders.QuarantineFile(identity.SopInstanceUid, HashOf(file));
        bool isNew = !File.Exists(path);
        Sync(file);
        File.Move(file, path, overwrite: true);
        FolderSync.Sync(folders.Quarantine);
        string relative = folders.Relative(path);
        await store.WriteAsync(transaction => transaction.SetAside(new QuarantineRecord
        {
            SopInstanceUid = identity.SopInstanceUid,
            StudyInstanceUid = identity.StudyInstanceUid,
            Path = relative,
            Reason = $"Fetched for study {task.StudyInstanceUid}, and of another patient by {attributes}.",
            SourceAeTitle = source.Name,
            At = transaction.Now,
        }));
        if (isNew)
            FetchingLog.SetAside(logger, task.StudyInstanceUid, identity.SopInstanceUid, source.Name, attributes, relative);
    }

    private static byte[] HashOf(string file)
    {
        using FileStream content = File.OpenRead(file);
        return SHA256.HashData(content);
    }

    private static long Sync(string file)
    {
        using FileStream opened = new(file, FileMode.Open, FileAccess.ReadWrite);
        opened.Flush(flushToDisk: true);
        return opened.Length;
    }
}
