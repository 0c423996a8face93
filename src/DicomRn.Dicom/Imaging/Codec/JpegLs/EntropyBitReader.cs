using System.Buffers.Binary;
using System.Numerics;

namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>
/// The bits of a scan, most significant first. After a byte FF the next one has a zero bit stuffed in front; with a one there it is
/// a marker, and the bits end (ITU-T T.87 A.1).
/// </summary>
internal ref struct EntropyBitReader
{
    private readonly ReadOnlySpan<byte> _data;
    private int _position;
    private int _nextFF;
    private ulong _bits;
    private int _count;
    private bool _afterFF;

    public EntropyBitReader(ReadOnlySpan<byte> data, int position)
    {
        _data = data;
        Restart(position);
    }

    /// <summary>Where the next byte is taken from.</summary>
    public readonly int Position => _position;

    /// <summary>Begins anew at a byte, behind a restart marker.</summary>
    public void Restart(int position)
    {
        _position = position;
        _bits = 0;
        _count = 0;
        _afterFF = false;
        FindFF();
    }

    /// <summary>One bit.</summary>
    /// <exception cref="DicomCodecException">The bits end.</exception>
    public bool ReadBit() => ReadBits(1) != 0;

    /// <summary>A number of up to 32 bits.</summary>
    /// <exception cref="DicomCodecException">The bits end.</exception>
    public int ReadBits(int length)
    {
        if (length == 0)
            return 0;
        if (_count < length)
            FillFor(length);
        int value = (int)(_bits >> (64 - length));
        _bits <<= length;
        _count -= length;
        return value;
    }

    /// <summary>A number in the limited-length Golomb code (A.5.3, C(k, LIMIT)).</summary>
    /// <exception cref="DicomCodecException">The bits end, or are no such code.</exception>
    public int ReadGolomb(int k, int limit, int errorBits)
    {
        int longest = limit - errorBits - 1;
        if (_count < 56)
            Fill();
        int zeros = BitOperations.LeadingZeroCount(_bits);
        if (zeros >= _count && _count <= longest)
            throw Truncated();
        if (zeros > longest)
            throw new DicomCodecException("JPEG-LS: a code of the scan is longer than its limit.");
        _bits = _bits << zeros << 1;
        _count -= zeros + 1;
        return zeros < longest ? (zeros << k) + ReadBits(k) : ReadBits(errorBits) + 1;
    }

    private void FillFor(int length)
    {
        Fill();
        if (_count < length)
            throw Truncated();
    }

    /// <summary>Tops the bits up to more than 56, or to all that there are.</summary>
    private void Fill()
    {
        // The plain case: eight bytes without FF.
        if (!_afterFF && _position + 8 <= _nextFF)
        {
            ulong next = BinaryPrimitives.ReadUInt64BigEndian(_data[_position..]);
            int bytes = (64 - _count) >> 3;
            if (bytes == 0)
                return;
            next = next >> (64 - (8 * bytes)) << (64 - (8 * bytes));
            _bits |= next >> _count;
            _position += bytes;
            _count += 8 * bytes;
            return;
        }

        while (_count <= 56 && _position < _data.Length)
        {
            byte value = _data[_position];
            if (_afterFF)
            {
                if (value >= 0x80)
                    return;
                _bits |= (ulong)value << (57 - _count);
                _count += 7;
                _afterFF = false;
                FindFF();
            }
            else
            {
                if (value == 0xFF)
                {
                    if (_position + 1 >= _data.Length || _data[_position + 1] >= 0x80)
                        return;
                    _afterFF = true;
                }

                _bits |= (ulong)value << (56 - _count);
                _count += 8;
            }

            _position++;
        }
    }

    private void FindFF()
    {
        int offset = _data[_position..].IndexOf((byte)0xFF);
        _nextFF = offset < 0 ? _data.Length : _position + offset;
    }

    private static DicomCodecException Truncated() => new("JPEG-LS: the scan ends before its last sample.");
}
