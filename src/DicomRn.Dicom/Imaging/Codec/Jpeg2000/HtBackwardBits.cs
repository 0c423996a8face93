namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>
/// Bits from the lowest of the last byte on, towards the first byte (VLC and MagRef, T.814 7.1.3, 7.1.5). Before a byte above
/// 0x8F one of 0x7F or 0xFF has seven; beyond the beginning all bits are zero.
/// </summary>
internal ref struct HtBackwardBits
{
    private readonly ReadOnlySpan<byte> _data;
    private int _position;
    private ulong _bits;
    private int _count;
    private bool _isAfterHigh;

    private HtBackwardBits(ReadOnlySpan<byte> data, int position)
    {
        _data = data;
        _position = position;
        _isAfterHigh = true;
    }

    /// <summary>The MagRef bits, from the end of the refinement segment.</summary>
    public static HtBackwardBits OfRefinement(ReadOnlySpan<byte> data) => new(data, data.Length - 1);

    /// <summary>
    /// The VLC bits, from the high half of the last byte but one of the cleanup segment; the rest of these two is a length.
    /// </summary>
    public static HtBackwardBits OfSignificance(ReadOnlySpan<byte> data)
    {
        int first = data[^2];
        HtBackwardBits bits = new(data, data.Length - 3) { _bits = (ulong)(first >> 4), _count = 4, _isAfterHigh = (first | 0x0F) > 0x8F };
        if ((bits._bits & 7) == 7)
        {
            bits._bits = 7;
            bits._count = 3;
        }

        return bits;
    }

    /// <summary>At least the next 32 bits, unread.</summary>
    public uint Peek()
    {
        if (_count < 32)
            Fill();
        return (uint)_bits;
    }

    /// <summary>Passes over bits that were peeked at.</summary>
    public void Skip(int count)
    {
        _bits >>= count;
        _count -= count;
    }

    public uint Read(int count)
    {
        uint value = Peek() & ((1u << count) - 1);
        Skip(count);
        return value;
    }

    private void Fill()
    {
        while (_count <= 56)
        {
            byte next = _position >= 0 ? _data[_position--] : (byte)0;
            int bits = _isAfterHigh && (next & 0x7F) == 0x7F ? 7 : 8;
            _bits |= (ulong)(next & ((1 << bits) - 1)) << _count;
            _count += bits;
            _isAfterHigh = next > 0x8F;
        }
    }
}
