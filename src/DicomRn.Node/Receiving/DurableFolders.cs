using System.Collections.Concurrent;

namespace DicomRn.Node.Receiving;

/// <summary>Creates folders whose names outlive a power cut: each new one is synced into its parent, once.</summary>
internal sealed class DurableFolders
{
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);
    private readonly Lock _creating = new();

    /// <summary>Makes sure that a folder is there.</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    public void Ensure(string path)
    {
        // A folder whose study was deleted is gone, and made again for the next instance.
        if (_known.ContainsKey(path) && Directory.Exists(path))
            return;
        lock (_creating)
            Create(path);
    }

    private void Create(string path)
    {
        if (_known.ContainsKey(path) && Directory.Exists(path))
            return;
        if (!Directory.Exists(path))
        {
            string? parent = Path.GetDirectoryName(path);
            if (parent is not null)
                Create(parent);
            Directory.CreateDirectory(path);
            if (parent is not null)
                FolderSync.Sync(parent);
        }

        _known[path] = true;
    }
}
