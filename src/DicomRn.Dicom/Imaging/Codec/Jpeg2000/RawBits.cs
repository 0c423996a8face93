namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>
/// The bits of a raw codeword segment (T.800 D.6): after a byte 0xFF a bit is stuffed; beyond the end all bits are one.
/// </summary>
internal struct RawBits
{
    private int _position;
    private int _byte;
    private int _left;

    public int ReadBit(ReadOnlySpan<byte> data)
    {
        if (_left == 0)
        {
            _left = _byte == 0xFF ? 7 : 8;
            _byte = _position < data.Length ? data[_position++] : 0xFF;
        }

        _left--;
        return (_byte >> _left) & 1;
    }
}
