using System.Text.Json;
using DicomRn.Node.Administration.Retention;
using DicomRn.Node.Receiving.Log;
using DicomRn.Node.State;

namespace DicomRn.Node.Administration.Backup;

/// <summary>
/// Copies a data directory while its node works, or while none does: what the instance log holds, then a snapshot of the state store, and
/// every file that it names. What was acknowledged before is in it. Nothing is deleted from the data directory meanwhile.
/// </summary>
public sealed class NodeBackup
{
    private const int Attempts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly DataFolders _folders;
    private readonly TimeProvider _timeProvider;
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private long _bytes;

    /// <param name="dataDirectory">The data directory.</param>
    /// <param name="timeProvider">The clock.</param>
    public NodeBackup(string dataDirectory, TimeProvider? timeProvider = null)
    {
        _folders = new DataFolders(dataDirectory);
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Makes the backup.</summary>
    /// <param name="output">A folder that is absent or empty, or a file that ends with <c>.tar</c> and is absent.</param>
    /// <param name="progress">Told the fraction of the files that are copied.</param>
    /// <param name="cancellationToken">Ends it; nothing is left.</param>
    /// <exception cref="BackupException">It cannot be made.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public async Task<BackupManifest> WriteAsync(string output, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (_folders.WhyNoDatabase is { } why)
            throw new BackupException($"{why}; only a state in a file is backed up.");
        using IDisposable gate = DeletionGate.TryTake(_folders)
            ?? throw new BackupException($"{_folders.Root}: another backup is being made, or studies are being deleted; try again in a moment.");
        string path = Path.GetFullPath(output);
        await using IBackupTarget target = Open(path);
        // First: what leaves the log meanwhile is in the snapshot.
        int logged = await CopyLogAsync(target, path + ".log.part", cancellationToken);
        using StateSnapshot snapshot = await CopyAsync(target, path + ".db.part", progress, cancellationToken);
        await CopyFolderAsync(target, _folders.Work, cancellationToken);
        await CopyFolderAsync(target, _folders.Fetched, cancellationToken);
        await CopyFolderAsync(target, Path.Combine(_folders.Root, "audit"), cancellationToken);
        await AddAsync(target, _folders.Relative(_folders.Database), snapshot.File, cancellationToken);
        BackupManifest manifest = new(
            _timeProvider.GetUtcNow(), _folders.Root, snapshot.Studies, snapshot.Instances, snapshot.Results, _done.Count, _bytes)
        {
            Logged = logged,
        };
        string description = path + ".json.part";
        try
        {
            await File.WriteAllTextAsync(description, JsonSerializer.Serialize(manifest, JsonSerializerOptions.Web), cancellationToken);
            await target.AddAsync(BackupManifest.FileName, description, cancellationToken);
        }
        finally
        {
            File.Delete(description);
        }

        KillPoints.Reach(KillPoint.BackupCopied);
        await target.FinishAsync(cancellationToken);
        return manifest;
    }

    private static IBackupTarget Open(string path)
    {
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
            throw new BackupException($"{path}: is there already; give another name.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path.EndsWith(".tar", StringComparison.OrdinalIgnoreCase) ? new TarBackupTarget(path) : new FolderBackupTarget(path);
    }

    private async Task<int> CopyLogAsync(IBackupTarget target, string temporary, CancellationToken cancellationToken)
    {
        if (Directory.Exists(temporary))
            Directory.Delete(temporary, recursive: true);
        OwnerOnly.CreateDirectory(temporary);
        try
        {
            IReadOnlyList<LoggedInstance> instances = LogExtract.Write(_folders.InstanceLog, temporary);
            string log = _folders.Relative(_folders.InstanceLog);
            foreach (string file in Directory.EnumerateFiles(temporary))
                await AddAsync(target, $"{log}/{Path.GetFileName(file)}", file, cancellationToken);
            foreach (string large in instances.Select(i => i.LargeFile).OfType<string>())
            {
                try
                {
                    await AddAsync(target, $"{log}/{InstanceLog.InboxName}/{large}", Path.Combine(_folders.InstanceLog, InstanceLog.InboxName, large), cancellationToken);
                }
                catch (FileNotFoundException)
                {
                    // Settled meanwhile: the snapshot names it.
                }
            }

            return instances.Count;
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    /// <summary>
    /// Copies what a snapshot names. A file that a running node has moved or taken back since then is not there; a later
    /// snapshot knows that.
    /// </summary>
    private async Task<StateSnapshot> CopyAsync(
        IBackupTarget target, string file, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            StateSnapshot snapshot = await StateSnapshot.TakeAsync(_folders, file, cancellationToken);
            string? missing = null;
            int copied = 0;
            foreach ((string name, long? length) in snapshot.Files)
            {
                missing ??= await TryAddAsync(target, name, length, cancellationToken) ? null : name;
                progress?.Report((double)++copied / snapshot.Files.Count);
            }

            if (missing is null)
                return snapshot;
            snapshot.Dispose();
            if (attempt == Attempts)
                throw new BackupException($"{_folders.Absolute(missing)}: named by the state store, and not there or not whole.");
            await Task.Delay(Pause, _timeProvider, cancellationToken);
        }
    }

    private async Task<bool> TryAddAsync(IBackupTarget target, string name, long? length, CancellationToken cancellationToken)
    {
        if (_done.Contains(name))
            return true;
        FileInfo file = new(_folders.Absolute(name));
        if (!file.Exists || (length is { } expected && file.Length != expected))
            return false;
        try
        {
            await AddAsync(target, name, file.FullName, cancellationToken);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    /// <summary>What no row names: records of steps, pictures, the audit trail. Files that come and go meanwhile are left out.</summary>
    private async Task CopyFolderAsync(IBackupTarget target, string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string name = _folders.Relative(file);
            if (Path.GetFileName(file).StartsWith(".part-", StringComparison.Ordinal) || _done.Contains(name))
                continue;
            try
            {
                await AddAsync(target, name, file, cancellationToken);
            }
            catch (FileNotFoundException)
            {
                // Finished and renamed, or not needed any more.
            }
        }
    }

    private async Task AddAsync(IBackupTarget target, string name, string file, CancellationToken cancellationToken)
    {
        _bytes += await target.AddAsync(name, file, cancellationToken);
        _done.Add(name);
    }
}
