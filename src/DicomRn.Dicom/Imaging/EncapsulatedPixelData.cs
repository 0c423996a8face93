using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.Imaging;

/// <summary>Compressed frames, each of one or more fragments (PS3.5 A.4).</summary>
internal sealed class EncapsulatedPixelData : DicomPixelData
{
    private readonly DicomFragmentSequence _fragments;
    private FragmentIndex? _index;
    private long _end;

    public EncapsulatedPixelData(DicomDataset dataset, DicomFragmentSequence fragments)
        : base(dataset)
    {
        _fragments = fragments;
        foreach (IByteBuffer fragment in fragments.Fragments)
            _end += FragmentIndex.ItemBytes(fragment);
    }

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
        _index ??= FragmentIndex.Of(_fragments, Dataset, NumberOfFrames);
        return _index.Frame(frame);
    }

    public override void AddFrame(IByteBuffer data)
    {
        ArgumentNullException.ThrowIfNull(data);
        _index = null;

        // Without a table frames are found all the same: each is one fragment.
        if (_end <= uint.MaxValue && _fragments.OffsetTable.Count == NumberOfFrames)
            _fragments.OffsetTable.Add((uint)_end);
        else
            _fragments.OffsetTable.Clear();
        IByteBuffer even = EvenLengthBuffer.Create(data);
        _fragments.Fragments.Add(even);
        _end += FragmentIndex.ItemBytes(even);
        NumberOfFrames++;
    }
}
