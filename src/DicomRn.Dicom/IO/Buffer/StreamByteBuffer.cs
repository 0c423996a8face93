namespace DicomRn.Dicom.IO.Buffer;

/// <summary>A stretch of a seekable stream, read when it is asked for. The stream must stay open.</summary>
public sealed class StreamByteBuffer : IByteBuffer
{
    /// <summary>Bytes <paramref name="position"/> to <paramref name="position"/> + <paramref name="length"/> of a stream.</summary>
    public StreamByteBuffer(Stream stream, long position, long length)
    {
        Stream = stream;
        Position = position;
        Size = length;
    }

    /// <summary>The stream.</summary>
    public Stream Stream { get; }

    /// <summary>Where in the stream the bytes begin.</summary>
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
        if (!Stream.CanRead)
            throw new DicomDataException("The stream that a value lies in has been closed.");
        lock (Stream)
        {
            Stream.Position = Position + offset;
            if (Stream.ReadAtLeast(output.AsSpan(0, count), count, throwOnEndOfStream: false) < count)
                throw new DicomDataException("The stream that a value lies in ends before the value does.");
        }
    }

    /// <inheritdoc />
    public void CopyToStream(Stream stream) => BufferCopy.ToStream(this, stream);

    /// <inheritdoc />
    public Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken) =>
        BufferCopy.ToStreamAsync(this, stream, cancellationToken);
}
