using System.IO.Compression;

namespace DicomRn.Dicom.IO.Reader;

/// <summary>A deflated data set (PS3.5 A.5), bounded so that a small file cannot become an endless one.</summary>
internal sealed class InflatingStream : Stream
{
    private readonly DeflateStream _inflate;
    private readonly string _name;
    private long _left;

    public InflatingStream(Stream deflated, long maximum, string name)
    {
        _inflate = new DeflateStream(deflated, CompressionMode.Decompress, leaveOpen: true);
        _left = maximum;
        _name = name;
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

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read;
        try
        {
            read = _inflate.Read(buffer, offset, count);
        }
        catch (InvalidDataException e)
        {
            throw new DicomFileException($"{_name}: the deflated data set is damaged.", e);
        }

        _left -= read;
        return _left >= 0 ? read : throw new DicomFileException($"{_name}: the deflated data set is larger than allowed.");
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inflate.Dispose();
        base.Dispose(disposing);
    }
}
