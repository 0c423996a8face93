using Microsoft.Win32.SafeHandles;

namespace DicomRn.Node.Receiving.Log;

/// <summary>A file of a <see cref="LogFolder"/>.</summary>
internal sealed class LogFolderFile : ILogFile
{
    private const int Piece = 1 << 20;
    private readonly SafeFileHandle _handle;

    private LogFolderFile(SafeFileHandle handle)
    {
        _handle = handle;
        Length = RandomAccess.GetLength(handle);
    }

    public long Length { get; }

    public static LogFolderFile Open(string path) =>
        new(File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete));

    public static LogFolderFile Create(string path, long length)
    {
        SafeFileHandle handle = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            // Written, not only allocated: the first write to an allocated block changes the file's map, which a sync then
            // has to commit.
            byte[] zeros = new byte[(int)Math.Min(length, Piece)];
            for (long at = 0; at < length; at += zeros.Length)
                RandomAccess.Write(handle, zeros.AsSpan(0, (int)Math.Min(zeros.Length, length - at)), at);
            RandomAccess.FlushToDisk(handle);
            return new LogFolderFile(handle);
        }
        catch
        {
            handle.Dispose();
            File.Delete(path);
            throw;
        }
    }

    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset) => RandomAccess.Write(_handle, buffers, offset);

    public void Read(Span<byte> bytes, long offset)
    {
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(_handle, bytes, offset);
            if (read == 0)
                throw new EndOfStreamException("The file of the instance log is shorter than it was.");
            bytes = bytes[read..];
            offset += read;
        }
    }

    public void Sync() => DataSync.Flush(_handle);

    public void Dispose() => _handle.Dispose();
}
