namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>
/// The bits of a packet header, from the most significant on; after a byte 0xFF a zero bit is stuffed (T.800 B.10.1).
/// </summary>
internal ref struct PacketHeaderBits(ReadOnlySpan<byte> data, int position)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _position = position;
    private int _byte;
    private int _left;

    /// <summary>Where the next byte is read; after <see cref="Align"/> the end of the header.</summary>
    public readonly int Position => _position;

    public int ReadBit()
    {
        if (_left == 0)
        {
            _left = _byte == 0xFF ? 7 : 8;
            _byte = Next();
        }

        _left--;
        return (_byte >> _left) & 1;
    }

    public uint ReadBits(int count)
    {
        uint value = 0;
        while (count-- > 0)
            value = value << 1 | (uint)ReadBit();
        return value;
    }

    /// <summary>The count of one bits before the next zero bit.</summary>
    /// <exception cref="DicomCodecException">There are more than <paramref name="maximum"/>.</exception>
    public int ReadOnes(int maximum)
    {
        int count = 0;
        while (ReadBit() == 1)
        {
            if (++count > maximum)
                throw new DicomCodecException("A JPEG 2000 packet header has a length beyond all bounds.");
        }

        return count;
    }

    /// <summary>Skips to the next byte, and over the one stuffed after a last 0xFF.</summary>
    public void Align()
    {
        if (_byte == 0xFF)
            Next();
        _left = 0;
        _byte = 0;
    }

    private int Next()
        => _position < _data.Length
            ? _data[_position++]
            : throw new DicomCodecException("The JPEG 2000 codestream ends within a packet header: pixel data are missing.");
}
