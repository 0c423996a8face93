using System.Buffers.Binary;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.Imaging;

/// <summary>Compressed frames, each of one or more fragments (PS3.5 A.4).</summary>
internal sealed class EncapsulatedPixelData : DicomPixelData
{
    private readonly DicomFragmentSequence _fragments;

    public EncapsulatedPixelData(DicomDataset dataset, DicomFragmentSequence fragments)
        : base(dataset) => _fragments = fragments;

    public static EncapsulatedPixelData New(DicomDataset dataset)
    {
        DicomOtherByteFragment fragments = new(DicomTag.PixelData);
        fragments.Add(EmptyBuffer.Value);
        dataset.AddOrUpdate(fragments);
        return new EncapsulatedPixelData(dataset, fragments);
    }

    public override IByteBuffer GetFrame(int frame)
    {
        RequireFrame(frame);
        IList<IByteBuffer> all = _fragments.Fragments;
        int frames = NumberOfFrames;
        if (frames == 1)
            return Join(all);
        if (all.Count == frames)
            return all[frame];
        (long[] starts, long end) = Starts(frames);
        long from = starts[frame], to = frame + 1 < frames ? starts[frame + 1] : end;
        List<IByteBuffer> own = [];
        long position = 0;
        foreach (IByteBuffer fragment in all)
        {
            if (position >= from && position < to)
                own.Add(fragment);
            position += 8 + fragment.Size + (fragment.Size & 1);
        }

        return own.Count > 0 ? Join(own) : throw new DicomDataException($"No fragment belongs to frame {frame} (counted from 0).");
    }

    public override void AddFrame(IByteBuffer data)
    {
        ArgumentNullException.ThrowIfNull(data);
        long offset = 0;
        foreach (IByteBuffer fragment in _fragments.Fragments)
            offset += 8 + fragment.Size + (fragment.Size & 1);
        if (offset <= uint.MaxValue)
            _fragments.OffsetTable.Add((uint)offset);
        else
            _fragments.OffsetTable.Clear();
        _fragments.Fragments.Add(EvenLengthBuffer.Create(data));
        NumberOfFrames++;
    }

    private static IByteBuffer Join(IList<IByteBuffer> fragments) => fragments.Count == 1 ? fragments[0] : new CompositeByteBuffer(fragments);

    /// <summary>Where frames begin: by the basic offset table, or the extended one (PS3.3 C.7.6.3.1.8).</summary>
    private (long[] Starts, long End) Starts(int frames)
    {
        long end = 0;
        foreach (IByteBuffer fragment in _fragments.Fragments)
            end += 8 + fragment.Size + (fragment.Size & 1);
        if (_fragments.OffsetTable.Count == frames)
            return ([.. _fragments.OffsetTable.Select(static o => (long)o)], end);
        if (Dataset.Find(0x7FE00001) is DicomElement table && table.Buffer.Size >= 8L * frames)
        {
            byte[] bytes = table.Buffer.Data;
            long[] starts = new long[frames];
            for (int i = 0; i < frames; i++)
                starts[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8 * i));
            return (starts, end);
        }

        throw new DicomDataException(
            $"{_fragments.Fragments.Count} fragments for {frames} frames, and no offset table says which belong together.");
    }
}
