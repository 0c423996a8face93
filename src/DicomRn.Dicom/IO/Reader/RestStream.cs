namespace DicomRn.Dicom.IO.Reader;

/// <summary>Bytes already read, followed by the rest of the stream that they came from.</summary>
internal sealed class RestStream : Stream
{
    private readonly Stream _stream;
    private ReadOnlyMemory<byte> _first;

    public RestStream(ReadOnlyMemory<byte> first, Stream stream)
    {
        _first = first;
        _stream = stream;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_first.IsEmpty)
            return _stream.Read(buffer);
        int count = Math.Min(buffer.Length, _first.Length);
        _first.Span[..count].CopyTo(buffer);
        _first = _first[count..];
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
