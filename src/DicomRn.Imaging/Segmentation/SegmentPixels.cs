using System.Buffers.Binary;

namespace DicomRn.Imaging.Segmentation;

/// <summary>The pixels of a segmentation, unpacked frame by frame (PS3.5 8.1.1: bits follow each other across frames without a gap).</summary>
internal sealed class SegmentPixels
{
    private readonly byte[] _bytes;
    private readonly int _bits;
    private readonly int _framePixels;
    private readonly SegmentationType _type;
    private readonly int _threshold;

    /// <exception cref="InvalidDataException">The pixels cannot be decoded, are of another kind, or fewer than the frames need.</exception>
    public SegmentPixels(DicomDataset dataset, SegmentationType type, int frames)
    {
        int rows = dataset.Integer(DicomTag.Rows) ?? 0, columns = dataset.Integer(DicomTag.Columns) ?? 0;
        _type = type;
        _bits = dataset.Integer(DicomTag.BitsAllocated) ?? 0;
        bool known = type switch
        {
            SegmentationType.Binary => _bits == 1,
            SegmentationType.Fractional => _bits == 8,
            _ => _bits is 1 or 8 or 16,
        };
        if (!known || rows < 1 || columns < 1)
            throw new InvalidDataException($"it has {columns}×{rows} pixels of {_bits} bits, which does not fit {type}");
        _framePixels = checked(rows * columns);
        _bytes = Native(dataset).Buffer.Data;
        long needed = ((long)frames * _framePixels * _bits + 7) / 8;
        if (_bytes.Length < needed)
            throw new InvalidDataException($"{_bytes.Length} bytes of pixels where {frames} frames need {needed}");

        // Half of the maximum or more is inside.
        _threshold = ((dataset.Integer(DicomTag.MaximumFractionalValue) ?? 255) + 1) / 2;
    }

    private static DicomElement Native(DicomDataset dataset)
    {
        switch (dataset.GetDicomItem<DicomItem>(DicomTag.PixelData))
        {
            case DicomElement pixels:
                return pixels;
            case DicomFragmentSequence:
                try
                {
                    DicomDataset native = dataset.Clone(DicomTransferSyntax.ExplicitVRLittleEndian);
                    return native.GetDicomItem<DicomElement>(DicomTag.PixelData)!;
                }
                // Damaged data may fail in a codec in any way.
                catch (Exception e) when (e is not OutOfMemoryException)
                {
                    throw new InvalidDataException($"its pixels ({dataset.InternalTransferSyntax.UID.Name}) cannot be decoded: {e.Message}", e);
                }

            default:
                throw new InvalidDataException("it has no pixel data");
        }
    }

    /// <summary>Writes 1 where a frame's pixel belongs to a segment, else 0, and returns how many do.</summary>
    public int Unpack(int frame, int segment, Span<byte> mask)
    {
        long first = (long)frame * _framePixels;
        int count = 0;
        for (int n = 0; n < mask.Length; n++)
        {
            bool inside = _type switch
            {
                SegmentationType.Binary => Bit(first + n) != 0,
                SegmentationType.Fractional => _bytes[first + n] >= Math.Max(_threshold, 1),
                _ => Label(first + n) == segment,
            };
            mask[n] = inside ? (byte)1 : (byte)0;
            count += mask[n];
        }

        return count;
    }

    private int Bit(long n) => (_bytes[n >> 3] >> (int)(n & 7)) & 1;

    private int Label(long n) => _bits switch
    {
        1 => Bit(n),
        8 => _bytes[n],
        _ => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan((int)(2 * n))),
    };
}
