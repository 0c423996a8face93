using Microsoft.Win32.SafeHandles;

namespace DicomRn.Node.Receiving.Log;

/// <summary>
/// Makes many files in a tree durable at once: where the system can do it by a sync of the whole file system, else one by one.
/// </summary>
internal sealed class SettledFolder : IDisposable
{
    private const int Most = 10_000;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<string> _written = [];
    private readonly DurableFolders _durable = new();

    // Open all the time: a write that failed is told to whoever had the file system open before it.
    private readonly SafeFileHandle? _fileSystem;

    /// <param name="root">The tree; created if absent.</param>
    public SettledFolder(string root)
    {
        _durable.Ensure(root);
        if (DataSync.KnowsFileSystems)
            _fileSystem = FolderSync.Open(root);
    }

    /// <summary>Makes sure that a folder is there.</summary>
    public void Ensure(string folder)
    {
        if (_fileSystem is null)
        {
            _durable.Ensure(folder);
            return;
        }

        if (_known.Count >= Most)
            _known.Clear();
        if (_known.Add(folder))
            Directory.CreateDirectory(folder);
    }

    /// <summary>A file was written or renamed: the next sync is for it.</summary>
    public void Note(string path)
    {
        if (_fileSystem is null)
            _written.Add(path);
    }

    /// <summary>A folder may be gone again.</summary>
    public void Forget() => _known.Clear();

    /// <summary>Makes durable what was noted since the last time, and the names of the files.</summary>
    /// <exception cref="IOException">Some of it is not: all of it must be written anew.</exception>
    public void Sync()
    {
        if (_fileSystem is not null)
        {
            DataSync.SyncFileSystem(_fileSystem);
            return;
        }

        foreach (string path in _written)
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(file);
        }

        foreach (string folder in _written.Select(path => Path.GetDirectoryName(path)!).Distinct(StringComparer.Ordinal))
            FolderSync.Sync(folder);
        _written.Clear();
    }

    public void Dispose() => _fileSystem?.Dispose();
}
