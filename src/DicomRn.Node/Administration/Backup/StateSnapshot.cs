using DicomRn.Node.State;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.Administration.Backup;

/// <summary>A copy of the state store as it was at one moment, and the files that it names.</summary>
internal sealed class StateSnapshot : IDisposable
{
    private StateSnapshot(string file) => File = file;

    /// <summary>The copy.</summary>
    public string File { get; }

    /// <summary>The files that rows name, relative to the data directory, with their lengths where the rows tell them.</summary>
    public required IReadOnlyDictionary<string, long?> Files { get; init; }

    public required int Studies { get; init; }

    public required int Instances { get; init; }

    public required int Results { get; init; }

    /// <summary>Copies the store with SQLite's online backup: whoever writes goes on writing.</summary>
    public static async Task<StateSnapshot> TakeAsync(DataFolders folders, string file, CancellationToken cancellationToken)
    {
        System.IO.File.Delete(file);
        await using (SqliteConnection from = new(Connection(folders.Database, SqliteOpenMode.ReadWrite)))
        await using (SqliteConnection to = new(Connection(file, SqliteOpenMode.ReadWriteCreate)))
        {
            await from.OpenAsync(cancellationToken);
            await to.OpenAsync(cancellationToken);
            from.BackupDatabase(to);
            await using SqliteCommand oneFile = to.CreateCommand();
            oneFile.CommandText = "PRAGMA journal_mode=DELETE";
            await oneFile.ExecuteNonQueryAsync(cancellationToken);
        }

        await using NodeDbContext db = OpenTables(file);
        Dictionary<string, long?> files = await db.Instances.ToDictionaryAsync(i => i.Path, i => (long?)i.Size, cancellationToken);
        int instances = files.Count;
        List<string> results = await db.Results.Select(r => r.Path).ToListAsync(cancellationToken);
        foreach (string path in results)
            files[RelativeInside(folders, path)] = null;
        foreach (string path in await db.Quarantine.Select(q => q.Path).ToListAsync(cancellationToken))
            files[path] = null;
        return new StateSnapshot(file)
        {
            Files = files,
            Studies = await db.Studies.CountAsync(cancellationToken),
            Instances = instances,
            Results = results.Count,
        };
    }

    /// <summary>The tables of a database file that no node has open.</summary>
    public static NodeDbContext OpenTables(string file) =>
        new(new DbContextOptionsBuilder<NodeDbContext>().UseSqlite(Connection(file, SqliteOpenMode.ReadWrite)).Options);

    public void Dispose() => System.IO.File.Delete(File);

    private static string RelativeInside(DataFolders folders, string path)
    {
        string relative = folders.Relative(path);
        return relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? throw new BackupException($"{path}: a result outside of the data directory {folders.Root}; it cannot be backed up with it.")
            : relative;
    }

    private static string Connection(string file, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString();
}
