namespace DicomRn.Dicom.IO.Buffer;

/// <summary>A buffer of odd length with one zero byte after it.</summary>
public sealed class EvenLengthBuffer : IByteBuffer
{
    private EvenLengthBuffer(IByteBuffer buffer) => Buffer = buffer;

    /// <summary>The buffer of odd length.</summary>
    public IByteBuffer Buffer { get; }

    /// <inheritdoc />
    public bool IsMemory => Buffer.IsMemory;

    /// <inheritdoc />
    public long Size => Buffer.Size + 1;

    /// <inheritdoc />
    public byte[] Data => BufferCopy.ToArray(this);

    /// <summary>The buffer itself where its length is even, otherwise the padded one.</summary>
    public static IByteBuffer Create(IByteBuffer buffer) => (buffer.Size & 1) == 1 ? new EvenLengthBuffer(buffer) : buffer;

    /// <inheritdoc />
    public void GetByteRange(long offset, int count, byte[] output)
    {
        int inner = (int)Math.Min(count, Math.Max(0, Buffer.Size - offset));
        if (inner > 0)
            Buffer.GetByteRange(offset, inner, output);
        if (count > inner)
            output.AsSpan(inner, count - inner).Clear();
    }

    /// <inheritdoc />
    public void CopyToStream(Stream stream)
    {
        Buffer.CopyToStream(stream);
        stream.WriteByte(0);
    }

    /// <inheritdoc />
    public async Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken)
    {
        await Buffer.CopyToStreamAsync(stream, cancellationToken);
        await stream.WriteAsync(new byte[1], cancellationToken);
    }
}
