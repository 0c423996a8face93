using Microsoft.Win32.SafeHandles;

namespace DicomRn.Dicom.IO.Buffer;

/// <summary>A stretch of a file, read when it is asked for. The file must stay as it is.</summary>
public sealed class FileByteBuffer : IByteBuffer
{
    /// <summary>Bytes <paramref name="position"/> to <paramref name="position"/> + <paramref name="length"/> of a file.</summary>
    public FileByteBuffer(string path, long position, long length)
    {
        Path = path;
        Position = position;
        Size = length;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Where in the file the bytes begin.</summary>
    public long Position { get; }

    /// <inheritdoc />
    public bool IsMemory => false;

    /// <inheritdoc />
    public long Size { get; }

    /// <inheritdoc />
    public byte[] Data => BufferCopy.ToArray(this);

    /// <inheritdoc />
    public void GetByteRange(long offset, int count, byte[] output)
    {
        using SafeFileHandle handle = OpenHandle();
        int done = 0;
        while (done < count)
        {
            int read = RandomAccess.Read(handle, output.AsSpan(done, count - done), Position + offset + done);
            if (read == 0)
                throw new DicomFileException($"{Path}: the file ends at byte {Position + offset + done}, inside a value.");
            done += read;
        }
    }

    /// <inheritdoc />
    public void CopyToStream(Stream stream)
    {
        using FileStream file = Open(FileOptions.SequentialScan);
        BufferCopy.ToStream(new StreamByteBuffer(file, Position, Size), stream);
    }

    /// <inheritdoc />
    public async Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken)
    {
        await using FileStream file = Open(FileOptions.SequentialScan | FileOptions.Asynchronous);
        await BufferCopy.ToStreamAsync(new StreamByteBuffer(file, Position, Size), stream, cancellationToken);
    }

    private SafeFileHandle OpenHandle()
    {
        try
        {
            return File.OpenHandle(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Gone(e);
        }
    }

    private FileStream Open(FileOptions options)
    {
        try
        {
            return new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Gone(e);
        }
    }

    private DicomFileException Gone(Exception e) => new($"{Path}: a value that lies in the file cannot be read: {e.Message}", e);
}
