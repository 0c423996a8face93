using System.Buffers.Binary;

namespace DicomRn.Dicom.Imaging.Codec.Jpeg;

/// <summary>Entropy-coded bits, up to the next marker; stuffed zero bytes are left out (T.81 F.2.2.5).</summary>
internal ref struct JpegBits(ReadOnlySpan<byte> data, int start)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private ulong _bits;
    private int _count;

    /// <summary>The marker that ended the bits, or where to look for it.</summary>
    public int Position { get; private set; } = start;

    /// <summary>The next bits without taking them; zeros after the end.</summary>
    /// <param name="count">1 to 32.</param>
    public int Peek(int count)
    {
        if (_count < count)
            Fill();
        return (int)(_bits >> (64 - count));
    }

    /// <exception cref="DicomCodecException">There are not so many bits before the next marker.</exception>
    public void Skip(int count)
    {
        if (count > _count)
            throw new DicomCodecException("JPEG data ends too early.");
        _bits <<= count;
        _count -= count;
    }

    /// <summary>A difference of so many bits, negative where the first is 0 (T.81 F.2.2.1).</summary>
    /// <param name="count">0 to 16.</param>
    public int Difference(int count)
    {
        if (count == 0)
            return 0;
        int value = Peek(count);
        Skip(count);
        return value < 1 << (count - 1) ? value - (1 << count) + 1 : value;
    }

    /// <summary>Goes past restart marker <paramref name="number"/>, 0–7.</summary>
    /// <exception cref="DicomCodecException">It is not here.</exception>
    public void Restart(int number)
    {
        Fill();
        int at = Position;
        while (at + 1 < _data.Length && _data[at] == 0xFF && _data[at + 1] == 0xFF)
            at++;
        if (at + 1 >= _data.Length || _data[at] != 0xFF || _data[at + 1] != JpegMarker.Restart0 + number)
            throw new DicomCodecException($"JPEG restart marker {number} is not where it should be.");
        Position = at + 2;
        _bits = 0;
        _count = 0;
    }

    private void Fill()
    {
        if (Position + 8 <= _data.Length)
        {
            ulong ahead = BinaryPrimitives.ReadUInt64BigEndian(_data[Position..]);
            if (((~ahead - 0x0101010101010101) & ahead & 0x8080808080808080) == 0)
            {
                // Bits of a byte that only fits in part are put again at the same place with the next filling.
                int bytes = (64 - _count) / 8;
                _bits |= ahead >> _count;
                _count += 8 * bytes;
                Position += bytes;
                return;
            }
        }

        while (_count <= 56 && Position < _data.Length)
        {
            byte next = _data[Position];
            if (next == 0xFF)
            {
                if (Position + 1 >= _data.Length || _data[Position + 1] != 0)
                    return;
                Position++;
            }

            Position++;
            _bits |= (ulong)next << (56 - _count);
            _count += 8;
        }
    }
}
