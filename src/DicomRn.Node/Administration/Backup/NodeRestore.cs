using System.Formats.Tar;
using System.Text.Json;
using DicomRn.Node.Pipeline;
using DicomRn.Node.Receiving;
using DicomRn.Node.State;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.Administration.Backup;

/// <summary>Makes a data directory from a backup and checks it; the state store comes last, so that half a restore is no data directory.</summary>
public static class NodeRestore
{
    /// <summary>Restores.</summary>
    /// <param name="input">The backup: a folder or a tar file.</param>
    /// <param name="dataDirectory">The data directory to make: absent or empty.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="BackupException">The backup is not whole, or the data directory is not empty.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static async Task<BackupManifest> RunAsync(string input, string dataDirectory, CancellationToken cancellationToken)
    {
        DataFolders folders = new(dataDirectory);
        if (Directory.Exists(folders.Root) && Directory.EnumerateFileSystemEntries(folders.Root).Any())
            throw new BackupException($"{folders.Root}: is not empty; a backup is restored into a new data directory only.");
        bool isFolder = Directory.Exists(input);
        if (!isFolder && !File.Exists(input))
            throw new BackupException($"{input}: no such folder or file.");
        Directory.CreateDirectory(folders.Root);
        string database = folders.Database + ".part";
        Func<string, string> pathOf = name => name == folders.Relative(folders.Database) ? database : Inside(folders, input, name);
        if (isFolder)
            await CopyFolderAsync(input, pathOf, cancellationToken);
        else
            await ExtractAsync(input, pathOf, cancellationToken);
        string description = Path.Combine(folders.Root, BackupManifest.FileName);
        if (!File.Exists(description) || !File.Exists(database))
            throw new BackupException($"{input}: is no whole backup of a node ({BackupManifest.FileName} or the state store is missing).");
        BackupManifest manifest = Read(description, input);
        await using (NodeDbContext db = StateSnapshot.OpenTables(database))
        {
            await CheckAsync(db, input, folders, cancellationToken);
            await MoveResultsAsync(db, new DataFolders(manifest.DataDirectory), folders, cancellationToken);
        }

        File.Delete(description);
        File.Move(database, folders.Database);
        foreach (string folder in Directory.EnumerateDirectories(folders.Root, "*", SearchOption.AllDirectories).Append(folders.Root))
            FolderSync.Sync(folder);
        return manifest;
    }

    private static string Inside(DataFolders folders, string input, string name)
    {
        string path = Path.GetFullPath(folders.Absolute(name));
        return path.StartsWith(folders.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new BackupException($"{input}: holds the file {name}, which would lie outside of the data directory.");
    }

    private static async Task CopyFolderAsync(string input, Func<string, string> pathOf, CancellationToken cancellationToken)
    {
        foreach (string file in Directory.EnumerateFiles(input, "*", SearchOption.AllDirectories))
        {
            await using FileStream from = SourceFile.Open(file);
            await WriteAsync(from, pathOf(Path.GetRelativePath(input, file).Replace('\\', '/')), cancellationToken);
        }
    }

    private static async Task ExtractAsync(string input, Func<string, string> pathOf, CancellationToken cancellationToken)
    {
        await using FileStream file = SourceFile.Open(input);
        try
        {
            await using TarReader tar = new(file);
            while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            {
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                    throw new BackupException($"{input}: holds {entry.Name}, which is no file.");
                await WriteAsync(entry.DataStream ?? Stream.Null, pathOf(entry.Name), cancellationToken);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new BackupException($"{input}: is no whole tar file: {e.Message}");
        }
    }

    private static async Task WriteAsync(Stream from, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using FileStream to = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        await from.CopyToAsync(to, cancellationToken);
        to.Flush(flushToDisk: true);
    }

    private static BackupManifest Read(string description, string input)
    {
        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(File.ReadAllText(description), JsonSerializerOptions.Web)
                ?? throw new JsonException("empty");
        }
        catch (JsonException e)
        {
            throw new BackupException($"{input}: {BackupManifest.FileName} cannot be read: {e.Message}");
        }
    }

    private static async Task CheckAsync(NodeDbContext db, string input, DataFolders folders, CancellationToken cancellationToken)
    {
        try
        {
            string[] found = await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check").ToArrayAsync(cancellationToken);
            if (found is not ["ok"])
                throw new BackupException($"{input}: the state store is damaged: {found.FirstOrDefault()}.");
        }
        catch (Microsoft.Data.Sqlite.SqliteException e)
        {
            throw new BackupException($"{input}: the state store is damaged: {e.Message}.");
        }

        await foreach (var instance in db.Instances.Select(i => new { i.Path, i.Size }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            FileInfo file = new(folders.Absolute(instance.Path));
            if (!file.Exists || file.Length != instance.Size)
                throw new BackupException($"{input}: {instance.Path} is missing or not whole.");
        }
    }

    /// <summary>Results are named by absolute paths: they follow the data directory.</summary>
    private static async Task MoveResultsAsync(NodeDbContext db, DataFolders from, DataFolders to, CancellationToken cancellationToken)
    {
        string Moved(string path) => to.Absolute(from.Relative(path));
        foreach (ResultRecord result in await db.Results.ToListAsync(cancellationToken))
        {
            result.Path = Moved(result.Path);
            if (!File.Exists(result.Path))
                throw new BackupException($"{result.Path}: a result is missing in the backup.");
        }

        foreach (StudyResultRecord stored in await db.StudyResults.ToListAsync(cancellationToken))
        {
            StudyResult result = JsonSerializer.Deserialize<StudyResult>(stored.Json, StudyResultJson.Options)!;
            result = result with
            {
                Results = [.. result.Results.Select(file => file with { Path = Moved(file.Path) })],
                Pictures = [.. result.Pictures.Select(Moved)],
            };
            stored.Json = JsonSerializer.Serialize(result, StudyResultJson.Options);
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
