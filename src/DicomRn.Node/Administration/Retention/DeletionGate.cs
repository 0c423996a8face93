using DicomRn.Node.State;

namespace DicomRn.Node.Administration.Retention;

/// <summary>
/// Keeps deletions and backups of a data directory apart, over processes: nothing is deleted while files are copied. The
/// operating system lets go of it with the process.
/// </summary>
internal static class DeletionGate
{
    /// <summary>Takes the gate; null where somebody else has it.</summary>
    /// <exception cref="UnauthorizedAccessException">The data directory cannot be written.</exception>
    public static IDisposable? TryTake(DataFolders folders)
    {
        try
        {
            return new FileStream(Path.Combine(folders.Root, "deletion.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (Directory.Exists(folders.Root))
        {
            return null;
        }
    }
}
