namespace DicomRn.Dicom.IO.Buffer;

/// <summary>Bytes in memory: an array, or a slice of one that is shared with neighbours.</summary>
public sealed class MemoryByteBuffer : IByteBuffer
{
    private readonly byte[] _array;
    private readonly int _offset;
    private readonly int _length;

    /// <summary>The bytes of an array, which is not copied.</summary>
    public MemoryByteBuffer(byte[] data)
        : this(data, 0, data.Length)
    {
    }

    internal MemoryByteBuffer(byte[] array, int offset, int length)
    {
        _array = array;
        _offset = offset;
        _length = length;
    }

    /// <inheritdoc />
    public bool IsMemory => true;

    /// <inheritdoc />
    public long Size => _length;

    /// <inheritdoc />
    public byte[] Data => _length == _array.Length ? _array : Span.ToArray();

    /// <summary>The bytes, not copied.</summary>
    internal ReadOnlySpan<byte> Span => _array.AsSpan(_offset, _length);

    /// <summary>The bytes, not copied.</summary>
    internal ReadOnlyMemory<byte> Memory => _array.AsMemory(_offset, _length);

    /// <inheritdoc />
    public void GetByteRange(long offset, int count, byte[] output) =>
        Span.Slice(checked((int)offset), count).CopyTo(output);

    /// <inheritdoc />
    public void CopyToStream(Stream stream) => stream.Write(Span);

    /// <inheritdoc />
    public Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken) =>
        stream.WriteAsync(Memory, cancellationToken).AsTask();
}
