using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.Imaging;

/// <summary>Uncompressed frames, one after another (PS3.5 8.1).</summary>
internal sealed class NativePixelData : DicomPixelData
{
    private readonly CompositeByteBuffer _added = new();
    private byte[] _bits = [];

    public NativePixelData(DicomDataset dataset)
        : base(dataset)
    {
    }

    public static NativePixelData New(DicomDataset dataset)
    {
        NativePixelData data = new(dataset);
        data.Store(EmptyBuffer.Value);
        return data;
    }

    public override IByteBuffer GetFrame(int frame)
    {
        RequireFrame(frame);
        IByteBuffer all = ((DicomElement)Dataset.Find(DicomTag.PixelData)!).Buffer;
        if (BitsAllocated == 1)
            return new MemoryByteBuffer(PackedBits.Extract(all, frame * FrameBits, FrameBits));
        int size = UncompressedFrameSize;
        long offset = (long)frame * size;
        if (offset + size > all.Size)
            throw new DicomDataException($"Pixel Data has {all.Size} bytes and ends inside frame {frame} (counted from 0) of {size} bytes.");
        return offset == 0 && size == all.Size ? all : new RangeByteBuffer(all, offset, size);
    }

    public override void AddFrame(IByteBuffer data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Size < UncompressedFrameSize)
            throw new DicomDataException($"A frame has {UncompressedFrameSize} bytes; {data.Size} were given.");
        int before = NumberOfFrames;
        if (BitsAllocated == 1)
        {
            if (_bits.Length == 0 && before > 0)
                _bits = ((DicomElement)Dataset.Find(DicomTag.PixelData)!).Buffer.Data.ToArray();
            _bits = PackedBits.Append(_bits, before * FrameBits, data.Data, FrameBits);
            int used = checked((int)((((before + 1) * FrameBits) + 7) / 8));
            Store(new MemoryByteBuffer(_bits, 0, used));
        }
        else
        {
            if (_added.Buffers.Count == 0 && before > 0)
                _added.Buffers.Add(((DicomElement)Dataset.Find(DicomTag.PixelData)!).Buffer);
            IByteBuffer frame = data.Size == UncompressedFrameSize ? data : new RangeByteBuffer(data, 0, UncompressedFrameSize);
            _added.Buffers.Add(frame);
            Store(before == 0 ? frame : _added);
        }

        NumberOfFrames = before + 1;
    }

    // PS3.5 8.1.2: more than 8 bits are OW; 8 bits and less may be OB, which keeps bytes in their order.
    private void Store(IByteBuffer all)
    {
        bool words = Syntax == DicomTransferSyntax.ImplicitVRLittleEndian || BitsAllocated > 8;
        Dataset.AddOrUpdate(words ? new DicomOtherWord(DicomTag.PixelData, all) : new DicomOtherByte(DicomTag.PixelData, all));
    }
}
