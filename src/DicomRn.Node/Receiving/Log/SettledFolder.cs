using Microsoft.Win32.SafeHandles;

namespace DicomRn.Node.Receiving.Log;

/// <summary>
/// Makes the files written into a tree durable: few of them one by one, many by one sync of the whole file system where the system
/// can do that.
/// </summary>
/// <remarks>One sync of the file system costs one commit of its journal, but waits for what other programs have written there.</remarks>
internal sealed class SettledFolder(string root) : IDisposable
{
    private const int Few = 16;
    private const int MostKnown = 10_000;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<string> _written = [];

    // Open before anything is written: a write that failed is told to whoever had the file system open then.
    private SafeFileHandle? _fileSystem;

    /// <summary>Makes sure that a folder is there.</summary>
    public void Ensure(string folder)
    {
        if (_known.Count >= MostKnown)
            _known.Clear();
        if (!_known.Add(folder))
            return;
        Directory.CreateDirectory(folder);
        if (DataSync.KnowsFileSystems)
            _fileSystem ??= FolderSync.Open(root);
    }

    /// <summary>A folder may be gone again.</summary>
    public void Forget() => _known.Clear();

    /// <summary>A file was written or renamed: the next sync is for it.</summary>
    public void Note(string path) => _written.Add(path);

    /// <summary>Makes durable what was noted since the last time, and the names of the files.</summary>
    /// <exception cref="IOException">Some of it is not: all of it must be written anew.</exception>
    public void Sync()
    {
        try
        {
            if (_written.Count > Few && _fileSystem is not null)
                DataSync.SyncFileSystem(_fileSystem);
            else
                SyncFiles();
        }
        finally
        {
            _written.Clear();
        }
    }

    public void Dispose() => _fileSystem?.Dispose();

    private void SyncFiles()
    {
        HashSet<string> folders = new(StringComparer.Ordinal);
        foreach (string path in _written)
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(file);
            for (string? folder = Path.GetDirectoryName(path); folder is not null && folders.Add(folder) && folder != root;)
                folder = Path.GetDirectoryName(folder);
        }

        foreach (string folder in folders)
            FolderSync.Sync(folder);
        // The root's own name.
        if (_written.Count > 0 && Path.GetDirectoryName(root) is { } parent)
            FolderSync.Sync(parent);
    }
}
