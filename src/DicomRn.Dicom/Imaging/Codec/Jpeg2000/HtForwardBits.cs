namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>
/// Bits from the lowest of the first byte on (MagSgn and SigProp, T.814 7.1.2, 7.1.4). The byte after 0xFF has seven; beyond the
/// end all bits are those of a byte that the pass says.
/// </summary>
internal ref struct HtForwardBits(ReadOnlySpan<byte> data, byte beyondEnd)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _position;
    private ulong _bits;
    private int _count;
    private bool _isAfterFull;

    /// <summary>The next bits, at most 32; the first is the lowest.</summary>
    public uint Read(int count)
    {
        if (_count < count)
            Fill();
        uint value = (uint)(_bits & ((1ul << count) - 1));
        _bits >>= count;
        _count -= count;
        return value;
    }

    private void Fill()
    {
        while (_count <= 56)
        {
            byte next = _position < _data.Length ? _data[_position++] : beyondEnd;
            int bits = _isAfterFull ? 7 : 8;
            _bits |= (ulong)(next & ((1 << bits) - 1)) << _count;
            _count += bits;
            _isAfterFull = next == 0xFF;
        }
    }
}
