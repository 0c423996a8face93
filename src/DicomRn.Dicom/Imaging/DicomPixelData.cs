using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.Imaging;

/// <summary>
/// The frames of an image and the attributes that say how they are stored (PS3.3 C.7.6.3, PS3.5 8). Changes go straight to the
/// data set.
/// </summary>
public abstract class DicomPixelData
{
    private protected DicomPixelData(DicomDataset dataset)
    {
        Dataset = dataset;
        Syntax = dataset.InternalTransferSyntax;
    }

    /// <summary>The data set that has the frames.</summary>
    public DicomDataset Dataset { get; }

    /// <summary>The transfer syntax the frames are in.</summary>
    public DicomTransferSyntax Syntax { get; }

    /// <summary>Columns.</summary>
    public ushort Width => Required<ushort>(DicomTag.Columns);

    /// <summary>Rows.</summary>
    public ushort Height => Required<ushort>(DicomTag.Rows);

    /// <summary>Number of frames; 1 where it is not given. Setting it is left to <see cref="AddFrame"/>.</summary>
    public int NumberOfFrames
    {
        get => Dataset.GetSingleValueOrDefault(DicomTag.NumberOfFrames, 1);
        private protected set => Dataset.AddOrUpdate(DicomTag.NumberOfFrames, value);
    }

    /// <summary>Bit depth.</summary>
    public BitDepth BitDepth => new(BitsAllocated, BitsStored, HighBit, PixelRepresentation == PixelRepresentation.Signed);

    /// <summary>Bits of the cell of a sample.</summary>
    public ushort BitsAllocated
    {
        get => Required<ushort>(DicomTag.BitsAllocated);
        set => Dataset.AddOrUpdate(DicomTag.BitsAllocated, value);
    }

    /// <summary>Bits of a sample.</summary>
    public ushort BitsStored
    {
        get => Dataset.GetSingleValueOrDefault(DicomTag.BitsStored, BitsAllocated);
        set => Dataset.AddOrUpdate(DicomTag.BitsStored, value);
    }

    /// <summary>The most significant bit of a sample.</summary>
    public ushort HighBit
    {
        get => Dataset.GetSingleValueOrDefault(DicomTag.HighBit, (ushort)(BitsStored - 1));
        set => Dataset.AddOrUpdate(DicomTag.HighBit, value);
    }

    /// <summary>Samples of a pixel: 1 or 3.</summary>
    public ushort SamplesPerPixel
    {
        get => Dataset.GetSingleValueOrDefault(DicomTag.SamplesPerPixel, (ushort)1);
        set => Dataset.AddOrUpdate(DicomTag.SamplesPerPixel, value);
    }

    /// <summary>Whether samples are signed.</summary>
    public PixelRepresentation PixelRepresentation
    {
        get => (PixelRepresentation)Dataset.GetSingleValueOrDefault(DicomTag.PixelRepresentation, (ushort)0);
        set => Dataset.AddOrUpdate(DicomTag.PixelRepresentation, (ushort)value);
    }

    /// <summary>How the samples of colour pixels lie.</summary>
    public PlanarConfiguration PlanarConfiguration
    {
        get => (PlanarConfiguration)Dataset.GetSingleValueOrDefault(DicomTag.PlanarConfiguration, (ushort)0);
        set => Dataset.AddOrUpdate(DicomTag.PlanarConfiguration, (ushort)value);
    }

    /// <summary>What the samples mean.</summary>
    public PhotometricInterpretation PhotometricInterpretation
    {
        get => PhotometricInterpretation.Parse(Required<string>(DicomTag.PhotometricInterpretation));
        set => Dataset.AddOrUpdate(DicomTag.PhotometricInterpretation, value.Value);
    }

    /// <summary>Whether the image was ever compressed with loss.</summary>
    public bool IsLossy => Dataset.GetSingleValueOrDefault(DicomTag.LossyImageCompression, "00") == "01";

    /// <summary>Bytes of a sample's cell, 1 for single bits.</summary>
    public int BytesAllocated => (BitsAllocated + 7) / 8;

    /// <summary>Bytes of an uncompressed frame, rounded up where frames of single bits do not end on a byte.</summary>
    public int UncompressedFrameSize => checked((int)((FrameBits + 7) / 8));

    /// <summary>Bits of an uncompressed frame. YBR 4:2:2 has two samples per pixel on average.</summary>
    private protected long FrameBits
    {
        get
        {
            bool pairs = SamplesPerPixel == 3 && !Syntax.IsEncapsulated
                && ChrominancePairs.AreIn(Dataset.GetSingleValueOrDefault(DicomTag.PhotometricInterpretation, ""));
            return pairs
                ? 4L * ChrominancePairs.InRow(Width) * Height * BitsAllocated
                : (long)Width * Height * BitsAllocated * SamplesPerPixel;
        }
    }

    /// <summary>The frames of a data set.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="newPixelData">Whether frames are to be added from nothing: Pixel Data that is there is dropped.</param>
    /// <exception cref="DicomDataException">There is no Pixel Data.</exception>
    public static DicomPixelData Create(DicomDataset dataset, bool newPixelData = false)
    {
        if (newPixelData)
        {
            dataset.AddOrUpdate(DicomTag.NumberOfFrames, 0);
            return dataset.InternalTransferSyntax.IsEncapsulated
                ? EncapsulatedPixelData.New(dataset)
                : NativePixelData.New(dataset);
        }

        return dataset.Find(DicomTag.PixelData) switch
        {
            DicomFragmentSequence fragments => new EncapsulatedPixelData(dataset, fragments),
            DicomElement => new NativePixelData(dataset),
            _ => throw new DicomDataException("The data set has no pixel data."),
        };
    }

    /// <summary>
    /// Frame number <paramref name="frame"/>, counted from 0: native pixels, or the bytes of its fragments where it is
    /// compressed. Frames of single bits are packed without gaps in the file; here each begins at bit 0 of its first byte.
    /// </summary>
    /// <exception cref="DicomDataException">There is no such frame.</exception>
    public abstract IByteBuffer GetFrame(int frame);

    /// <summary>Adds a frame, in the form that <see cref="GetFrame"/> gives.</summary>
    public abstract void AddFrame(IByteBuffer data);

    private protected void RequireFrame(int frame)
    {
        if (frame < 0 || frame >= NumberOfFrames)
            throw new DicomDataException($"The image has {NumberOfFrames} frames; frame {frame} (counted from 0) was asked for.");
    }

    private T Required<T>(DicomTag tag) => Dataset.GetSingleValue<T>(tag);
}
