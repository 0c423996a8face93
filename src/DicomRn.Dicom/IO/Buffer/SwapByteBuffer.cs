namespace DicomRn.Dicom.IO.Buffer;

/// <summary>Another buffer with the bytes of every unit in reverse order: big endian read as little endian.</summary>
public sealed class SwapByteBuffer : IByteBuffer
{
    /// <summary>Reverses units of <paramref name="unitSize"/> bytes; bytes after the last whole unit stay as they are.</summary>
    public SwapByteBuffer(IByteBuffer buffer, int unitSize)
    {
        Internal = buffer;
        UnitSize = unitSize;
    }

    /// <summary>The other buffer.</summary>
    public IByteBuffer Internal { get; }

    /// <summary>Bytes of a unit.</summary>
    public int UnitSize { get; }

    /// <inheritdoc />
    public bool IsMemory => Internal.IsMemory;

    /// <inheritdoc />
    public long Size => Internal.Size;

    /// <inheritdoc />
    public byte[] Data => BufferCopy.ToArray(this);

    /// <inheritdoc />
    public void GetByteRange(long offset, int count, byte[] output)
    {
        long first = offset - (offset % UnitSize);
        long end = Math.Min(Size, (offset + count + UnitSize - 1) / UnitSize * UnitSize);
        byte[] units = new byte[end - first];
        Internal.GetByteRange(first, units.Length, units);
        Swap(units, UnitSize);
        units.AsSpan((int)(offset - first), count).CopyTo(output);
    }

    /// <inheritdoc />
    public void CopyToStream(Stream stream) => BufferCopy.ToStream(this, stream);

    /// <inheritdoc />
    public Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken) =>
        BufferCopy.ToStreamAsync(this, stream, cancellationToken);

    internal static void Swap(Span<byte> bytes, int unitSize)
    {
        for (int i = 0; i + unitSize <= bytes.Length; i += unitSize)
            bytes.Slice(i, unitSize).Reverse();
    }
}
