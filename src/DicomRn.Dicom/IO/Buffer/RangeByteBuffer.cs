namespace DicomRn.Dicom.IO.Buffer;

/// <summary>A stretch of another buffer.</summary>
public sealed class RangeByteBuffer : IByteBuffer
{
    /// <summary>Bytes <paramref name="offset"/> to <paramref name="offset"/> + <paramref name="length"/> of a buffer.</summary>
    /// <exception cref="DicomDataException">The buffer is shorter.</exception>
    public RangeByteBuffer(IByteBuffer buffer, long offset, int length)
    {
        if (offset < 0 || length < 0 || offset + length > buffer.Size)
            throw new DicomDataException($"Bytes {offset} to {offset + length} lie outside a value of {buffer.Size} bytes.");
        Internal = buffer;
        Offset = offset;
        Length = length;
    }

    /// <summary>The other buffer.</summary>
    public IByteBuffer Internal { get; }

    /// <summary>Where in it the range begins.</summary>
    public long Offset { get; }

    /// <summary>Number of bytes.</summary>
    public int Length { get; }

    /// <inheritdoc />
    public bool IsMemory => Internal.IsMemory;

    /// <inheritdoc />
    public long Size => Length;

    /// <inheritdoc />
    public byte[] Data => BufferCopy.ToArray(this);

    /// <inheritdoc />
    public void GetByteRange(long offset, int count, byte[] output)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + count, Length);
        Internal.GetByteRange(Offset + offset, count, output);
    }

    /// <inheritdoc />
    public void CopyToStream(Stream stream) => BufferCopy.ToStream(this, stream);

    /// <inheritdoc />
    public Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken) =>
        BufferCopy.ToStreamAsync(this, stream, cancellationToken);
}
