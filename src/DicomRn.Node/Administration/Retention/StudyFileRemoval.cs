using DicomRn.Node.Receiving;
using DicomRn.Node.State;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.Administration.Retention;

/// <summary>Removes the files of a study, durably: a power cut after it brings none of them back.</summary>
internal sealed class StudyFileRemoval(StateStore store, DataFolders folders)
{
    /// <summary>Removes the instances that were there when the deletion was begun, and the work of the revisions until then.</summary>
    /// <returns>How many bytes that freed.</returns>
    /// <exception cref="IOException">A file cannot be removed.</exception>
    public async Task<long> RemoveAsync(DeletionRecord mark, CancellationToken cancellationToken)
    {
        string study = mark.StudyInstanceUid!;
        string[] instances = await store.ReadAsync(db => db.Instances
            .Where(i => i.StudyInstanceUid == study && i.ReceivedAt <= mark.At)
            .Select(i => i.Path)
            .ToArrayAsync(cancellationToken));
        string[] results = await store.ReadAsync(db => db.Results
            .Where(r => r.StudyInstanceUid == study && r.Revision <= mark.Revision)
            .Select(r => r.Path)
            .ToArrayAsync(cancellationToken));
        HashSet<string> touched = new(StringComparer.Ordinal);
        long bytes = 0;
        foreach (string path in instances.Select(folders.Absolute).Concat(results.Where(IsInside)))
            bytes += RemoveFile(path, touched);
        for (int revision = 1; revision <= mark.Revision; revision++)
            foreach (string folder in folders.AllWorkOf(study, revision))
                bytes += RemoveFolder(folder, touched);
        // The whole folder: what a round of asking had not recorded when it was killed goes, too.
        bytes += RemoveFolder(folders.FetchedFor(study), touched);
        foreach (string folder in touched.OrderByDescending(f => f.Length))
            SyncOrRemove(folder);
        return bytes;
    }

    /// <summary>Removes a file of the data directory.</summary>
    /// <returns>How many bytes that freed.</returns>
    public static long RemoveQuarantined(string path)
    {
        HashSet<string> touched = [];
        long bytes = RemoveFile(path, touched);
        foreach (string folder in touched.Where(Directory.Exists))
            FolderSync.Sync(folder);
        return bytes;
    }

    private static long RemoveFile(string path, HashSet<string> touched)
    {
        FileInfo file = new(path);
        // Also where an earlier attempt has removed it: the folder may be left.
        touched.Add(file.DirectoryName!);
        if (!file.Exists)
            return 0;
        long length = file.Length;
        file.Delete();
        KillPoints.Reach(KillPoint.DeletionFileRemoved);
        return length;
    }

    private static long RemoveFolder(string path, HashSet<string> touched)
    {
        DirectoryInfo folder = new(path);
        touched.Add(folder.Parent!.FullName);
        if (!folder.Exists)
            return 0;
        long bytes = folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        folder.Delete(recursive: true);
        return bytes;
    }

    // A result that a test or an older version left elsewhere is not the node's to delete.
    private bool IsInside(string path) =>
        Path.GetFullPath(path).StartsWith(folders.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private bool IsStandingFolder(string folder) =>
        folder == folders.Root || Path.GetDirectoryName(folder) == folders.Root;

    /// <summary>Makes the removals durable; empty folders of studies and series go, too.</summary>
    private void SyncOrRemove(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        while (!IsStandingFolder(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (IOException)
            {
                // Something was put into it this moment.
                break;
            }

            folder = Path.GetDirectoryName(folder)!;
            if (!Directory.Exists(folder))
                return;
        }

        if (Directory.Exists(folder))
            FolderSync.Sync(folder);
    }
}
