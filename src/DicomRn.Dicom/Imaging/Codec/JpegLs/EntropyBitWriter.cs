namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>Writes a codestream: marker segments, and the bits of scans with the zero bit stuffed behind every byte FF (ITU-T T.87 A.1).</summary>
internal sealed class EntropyBitWriter(int capacity)
{
    private byte[] _bytes = new byte[Math.Max(64, capacity)];
    private int _length;
    private ulong _bits;
    private int _count;
    private bool _afterFF;

    /// <summary>All bytes so far.</summary>
    public byte[] ToArray() => _bytes.AsSpan(0, _length).ToArray();

    /// <summary>A marker without parameters, at the next whole byte.</summary>
    public void WriteMarker(byte marker)
    {
        Flush();
        WriteByte(0xFF);
        WriteByte(marker);
    }

    /// <summary>A marker segment, its length before the parameters.</summary>
    public void WriteSegment(byte marker, params ReadOnlySpan<byte> parameters)
    {
        WriteMarker(marker);
        WriteByte((byte)((parameters.Length + 2) >> 8));
        WriteByte((byte)(parameters.Length + 2));
        foreach (byte b in parameters)
            WriteByte(b);
    }

    /// <summary>The lowest bits of a number, 32 at most.</summary>
    public void WriteBits(uint value, int length)
    {
        _bits = (_bits << length) | value;
        _count += length;
        while (_count >= 8 || (_count == 7 && _afterFF))
        {
            int size = _afterFF ? 7 : 8;
            _count -= size;
            WriteEntropyByte((byte)((_bits >> _count) & ((1UL << size) - 1)));
        }
    }

    /// <summary>A number in the limited-length Golomb code (A.5.3).</summary>
    public void WriteGolomb(int value, int k, int limit, int errorBits)
    {
        int longest = limit - errorBits - 1;
        int zeros = value >> k;
        if (zeros < longest)
        {
            WriteZeros(zeros);
            WriteBits((1u << k) | ((uint)value & ((1u << k) - 1)), k + 1);
        }
        else
        {
            WriteZeros(longest);
            WriteBits((1u << errorBits) | (uint)(value - 1), errorBits + 1);
        }
    }

    private void WriteZeros(int count)
    {
        for (; count > 32; count -= 32)
            WriteBits(0, 32);
        WriteBits(0, count);
    }

    /// <summary>Fills the last byte with zeros; an FF there is followed by the byte that holds its stuffed bit.</summary>
    private void Flush()
    {
        if (_count > 0)
            WriteBits(0, (_afterFF ? 7 : 8) - _count);
        if (_afterFF)
            WriteEntropyByte(0);
        _bits = 0;
        _count = 0;
    }

    private void WriteEntropyByte(byte value)
    {
        WriteByte(value);
        _afterFF = value == 0xFF;
    }

    private void WriteByte(byte value)
    {
        if (_length == _bytes.Length)
            Array.Resize(ref _bytes, 2 * _length);
        _bytes[_length++] = value;
    }
}
