namespace DicomRn.Dicom.IO.Buffer;

/// <summary>Several buffers, one after another.</summary>
public sealed class CompositeByteBuffer : IByteBuffer
{
    /// <summary>The buffers given, in their order.</summary>
    public CompositeByteBuffer(params IByteBuffer[] buffers) => Buffers = [.. buffers];

    /// <summary>The buffers given, in their order.</summary>
    public CompositeByteBuffer(IEnumerable<IByteBuffer> buffers) => Buffers = [.. buffers];

    /// <summary>The parts.</summary>
    public IList<IByteBuffer> Buffers { get; }

    /// <inheritdoc />
    public bool IsMemory => Buffers.All(static b => b.IsMemory);

    /// <inheritdoc />
    public long Size => Buffers.Sum(static b => b.Size);

    /// <inheritdoc />
    public byte[] Data => BufferCopy.ToArray(this);

    /// <inheritdoc />
    public void GetByteRange(long offset, int count, byte[] output)
    {
        int done = 0;
        foreach (IByteBuffer part in Buffers)
        {
            if (offset >= part.Size)
            {
                offset -= part.Size;
                continue;
            }

            int take = (int)Math.Min(count - done, part.Size - offset);
            if (take == 0)
                break;
            if (done == 0)
            {
                part.GetByteRange(offset, take, output);
            }
            else
            {
                byte[] piece = new byte[take];
                part.GetByteRange(offset, take, piece);
                piece.CopyTo(output, done);
            }

            done += take;
            offset = 0;
        }

        if (done < count)
            throw new DicomDataException($"A value of {Size} bytes ends {count - done} bytes before the range wanted.");
    }

    /// <inheritdoc />
    public void CopyToStream(Stream stream)
    {
        foreach (IByteBuffer part in Buffers)
            part.CopyToStream(stream);
    }

    /// <inheritdoc />
    public async Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken)
    {
        foreach (IByteBuffer part in Buffers)
            await part.CopyToStreamAsync(stream, cancellationToken);
    }
}
