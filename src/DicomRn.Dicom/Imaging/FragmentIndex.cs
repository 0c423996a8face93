using System.Buffers.Binary;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.Imaging;

/// <summary>Which fragments belong to which frame (PS3.5 A.4).</summary>
internal sealed class FragmentIndex
{
    private const uint ExtendedOffsetTable = 0x7FE00001;
    private const uint ExtendedOffsetTableLengths = 0x7FE00002;

    private readonly IList<IByteBuffer> _fragments;
    private readonly int[] _first;
    private readonly long[] _lengths;

    private FragmentIndex(IList<IByteBuffer> fragments, int[] first, long[]? lengths = null)
    {
        _fragments = fragments;
        _first = first;
        _lengths = lengths ?? [];
    }

    /// <summary>Bytes of a fragment's item: tag, length and value.</summary>
    public static long ItemBytes(IByteBuffer fragment) => 8 + fragment.Size + (fragment.Size & 1);

    /// <summary>
    /// In this order: one frame has all fragments; as many fragments as frames have one each; else the basic offset table, the
    /// extended one, or the codestreams' own first bytes say where frames begin.
    /// </summary>
    /// <exception cref="DicomDataException">Nothing does.</exception>
    public static FragmentIndex Of(DicomFragmentSequence sequence, DicomDataset dataset, int frames)
    {
        IList<IByteBuffer> fragments = sequence.Fragments;
        if (frames == 1 && fragments.Count > 0)
            return new FragmentIndex(fragments, [0], fragments.Count == 1 ? Lengths(dataset, 1) : null);
        if (fragments.Count == frames)
            return new FragmentIndex(fragments, [.. Enumerable.Range(0, frames)], Lengths(dataset, frames));
        if (fragments.Count < frames)
            throw new DicomDataException($"{fragments.Count} fragments cannot hold {frames} frames.");
        int[]? first = AtOffsets(fragments, [.. sequence.OffsetTable.Select(static o => (long)o)], frames)
            ?? AtOffsets(fragments, Longs(dataset, ExtendedOffsetTable), frames)
            ?? AtCodestreams(fragments, frames);
        return first is not null
            ? new FragmentIndex(fragments, first)
            : throw new DicomDataException($"{fragments.Count} fragments for {frames} frames, and neither an offset table nor their first bytes say which belong together.");
    }

    /// <summary>The codestream of a frame.</summary>
    public IByteBuffer Frame(int frame)
    {
        int from = _first[frame], to = frame + 1 < _first.Length ? _first[frame + 1] : _fragments.Count;
        if (to - from > 1)
            return new CompositeByteBuffer(_fragments.Skip(from).Take(to - from));
        IByteBuffer fragment = _fragments[from];

        // The length tells the codestream from the padding after it.
        return frame < _lengths.Length && _lengths[frame] > 0 && _lengths[frame] < fragment.Size
            ? new RangeByteBuffer(fragment, 0, (int)_lengths[frame])
            : fragment;
    }

    private static long[] Lengths(DicomDataset dataset, int frames)
    {
        long[] lengths = Longs(dataset, ExtendedOffsetTableLengths);
        return lengths.Length == frames ? lengths : [];
    }

    /// <summary>The values of one of the extended tables (PS3.3 C.7.6.3.1.8), none where it is not there.</summary>
    private static long[] Longs(DicomDataset dataset, uint tag)
    {
        if (dataset.Find(tag) is not DicomElement table)
            return [];
        byte[] bytes = table.Buffer.Data;
        long[] values = new long[bytes.Length / 8];
        for (int i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8 * i));
        return values;
    }

    /// <summary>The fragments at the offsets; null where there are not as many as frames, or one is not where a fragment begins.</summary>
    private static int[]? AtOffsets(IList<IByteBuffer> fragments, long[] offsets, int frames)
    {
        if (offsets.Length != frames || offsets[0] != 0)
            return null;
        int[] first = new int[frames];
        long position = 0;
        int found = 0;
        for (int i = 0; i < fragments.Count && found < frames; i++)
        {
            if (position == offsets[found])
                first[found++] = i;
            position += ItemBytes(fragments[i]);
        }

        return found == frames ? first : null;
    }

    /// <summary>The fragments that begin as a JPEG or JPEG 2000 codestream does; null where they are not as many as frames.</summary>
    private static int[]? AtCodestreams(IList<IByteBuffer> fragments, int frames)
    {
        List<int> first = [];
        byte[] head = new byte[4];
        for (int i = 0; i < fragments.Count; i++)
        {
            if (fragments[i].Size < head.Length)
                continue;
            fragments[i].GetByteRange(0, head.Length, head);
            if (BeginsCodestream(head))
                first.Add(i);
        }

        return first.Count == frames && first[0] == 0 ? [.. first] : null;
    }

    // SOI and a further marker (T.81, T.87), SOC and SIZ (T.800), or the JP2 signature box.
    private static bool BeginsCodestream(ReadOnlySpan<byte> head) =>
        head is [0xFF, 0xD8, 0xFF, _] or [0xFF, 0x4F, 0xFF, 0x51] or [0x00, 0x00, 0x00, 0x0C];
}
