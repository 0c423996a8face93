using DicomRn.Node.Receiving;

namespace DicomRn.Node.Administration.Backup;

/// <summary>A backup as a folder that looks like the data directory.</summary>
internal sealed class FolderBackupTarget : IBackupTarget
{
    private readonly string _folder;
    private readonly string _temporary;
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);

    public FolderBackupTarget(string folder)
    {
        _folder = folder;
        _temporary = folder + ".part";
        if (Directory.Exists(_temporary))
            Directory.Delete(_temporary, recursive: true);
        OwnerOnly.CreateDirectory(_temporary);
    }

    public async Task<long> AddAsync(string name, string file, CancellationToken cancellationToken)
    {
        await using FileStream from = SourceFile.Open(file);
        string path = Path.Combine(_temporary, name.Replace('/', Path.DirectorySeparatorChar));
        string folder = Path.GetDirectoryName(path)!;
        if (_folders.Add(folder))
            Directory.CreateDirectory(folder);
        await using FileStream to = new(path, FileMode.Create, FileAccess.Write, FileShare.None);
        await from.CopyToAsync(to, cancellationToken);
        to.Flush(flushToDisk: true);
        return to.Length;
    }

    public Task FinishAsync(CancellationToken cancellationToken)
    {
        foreach (string folder in _folders.Append(_temporary))
            FolderSync.Sync(folder);
        if (Directory.Exists(_folder))
            Directory.Delete(_folder);
        Directory.Move(_temporary, _folder);
        FolderSync.Sync(Path.GetDirectoryName(_folder)!);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        if (Directory.Exists(_temporary))
            Directory.Delete(_temporary, recursive: true);
        return ValueTask.CompletedTask;
    }
}
