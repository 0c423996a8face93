using System.Globalization;

namespace DicomRn.Node.State;

/// <summary>Keeps a second node out of a data directory, or of a node's folder in a shared one. The operating system lets go of it with the process.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes the folder, which is created if absent.</summary>
    /// <exception cref="IOException">Another node has it, or it cannot be written.</exception>
    public static DataDirectoryLock Take(DataFolders folders)
    {
        Directory.CreateDirectory(folders.NodeRoot);
        try
        {
            FileStream file = new(folders.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            file.Flush();
            return new DataDirectoryLock(file);
        }
        catch (IOException e)
        {
            throw new IOException($"The data directory {folders.NodeRoot} is in use by another node, or cannot be written: {e.Message}", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
