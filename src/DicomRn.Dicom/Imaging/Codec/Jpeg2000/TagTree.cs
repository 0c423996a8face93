namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>
/// A tag tree (T.800 B.10.2): a two-dimensional array of numbers, each told by the minimum of four below it, only as exactly
/// as has been asked for.
/// </summary>
internal sealed class TagTree
{
    private const int MaximumLevels = 33;

    private readonly int _levels;
    private readonly int[] _offsets;
    private readonly int[] _widths;
    private readonly Node[] _nodes;

    public TagTree(int width, int height)
    {
        Span<int> offsets = stackalloc int[MaximumLevels];
        Span<int> widths = stackalloc int[MaximumLevels];
        int count = 0;
        while (true)
        {
            offsets[_levels] = count;
            widths[_levels++] = width;
            count += width * height;
            if (width == 1 && height == 1)
                break;
            width = (width + 1) / 2;
            height = (height + 1) / 2;
        }

        _offsets = offsets[.._levels].ToArray();
        _widths = widths[.._levels].ToArray();
        _nodes = new Node[count];
    }

    /// <summary>Reads as much as tells whether the number at a leaf is less than <paramref name="threshold"/>.</summary>
    public bool IsBelow(ref PacketHeaderBits bits, int x, int y, int threshold)
    {
        int low = 0;
        for (int level = _levels - 1; level >= 0; level--)
        {
            ref Node node = ref _nodes[_offsets[level] + (y >> level) * _widths[level] + (x >> level)];
            if (node.Low < low)
                node.Low = low;
            while (!node.IsKnown && node.Low < threshold)
            {
                if (bits.ReadBit() == 1)
                    node.IsKnown = true;
                else
                    node.Low++;
            }

            low = node.Low;
        }

        return low < threshold;
    }

    /// <summary>The number at a leaf.</summary>
    /// <exception cref="DicomCodecException">It is larger than <paramref name="maximum"/>.</exception>
    public int Read(ref PacketHeaderBits bits, int x, int y, int maximum)
    {
        for (int value = 0; value <= maximum; value++)
        {
            if (IsBelow(ref bits, x, y, value + 1))
                return value;
        }

        throw new DicomCodecException("A JPEG 2000 code-block has more bit-planes of zeros than bit-planes.");
    }

    private struct Node
    {
        public int Low;
        public bool IsKnown;
    }
}
