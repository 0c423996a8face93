namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>What the data set says of a frame, checked (PS3.3 C.7.6.3, PS3.5 8.1.1).</summary>
internal sealed class FrameLayout
{
    /// <summary>Frames up to this many samples are decoded whatever their compressed size is.</summary>
    private const long FreeSamples = 1L << 26;

    /// <summary>What fits into an array of integers of 2 GiB.</summary>
    private const long MostSamples = 1L << 29;

    /// <summary>Of larger ones a compressed byte may stand for so many samples: far more than an image ever gives.</summary>
    private const long SamplesPerByte = 4096;

    private FrameLayout(DicomPixelData pixels)
    {
        Shape = new CodestreamShape(pixels.Width, pixels.Height, pixels.SamplesPerPixel);
        BitsAllocated = pixels.BitsAllocated;
        BitsStored = pixels.BitsStored;
        HighBit = pixels.HighBit;
        IsSigned = pixels.PixelRepresentation == PixelRepresentation.Signed;
        HasPairs = Shape.Components == 3 && BitsAllocated == 8 && ChrominancePairs.AreIn(pixels.PhotometricInterpretation.Value);
        IsPlanar = Shape.Components > 1 && pixels.PlanarConfiguration == PlanarConfiguration.Planar;
    }

    public CodestreamShape Shape { get; }

    public int BitsAllocated { get; }

    public int BitsStored { get; }

    public int HighBit { get; }

    public bool IsSigned { get; }

    public bool IsPlanar { get; }

    /// <summary>Whether native frames have chrominance once for two pixels (YBR 4:2:2).</summary>
    public bool HasPairs { get; }

    /// <summary>Bytes of a cell; single bits are packed, 8 to a byte.</summary>
    public int CellBytes => BitsAllocated / 8;

    public long Pixels => (long)Shape.Width * Shape.Height;

    public long Samples => Pixels * Shape.Components;

    /// <summary>Bytes of a native frame with all samples of every pixel.</summary>
    public int FrameBytes => (int)((Samples * BitsAllocated + 7) / 8);

    /// <summary>Bytes of a native frame as Photometric Interpretation has it.</summary>
    public int NativeBytes => HasPairs ? 4 * ChrominancePairs.InRow(Shape.Width) * Shape.Height : FrameBytes;

    /// <exception cref="DicomCodecException">No frame can be like this.</exception>
    public static FrameLayout Of(DicomPixelData pixels)
    {
        FrameLayout layout = new(pixels);
        if (layout.Pixels == 0)
            throw new DicomCodecException("Rows and Columns say that the image has no pixels.");
        if (layout.Shape.Components is not (1 or 3 or 4))
            throw new DicomCodecException($"Samples per Pixel is {layout.Shape.Components}; 1, 3 and 4 can be decoded.");
        if (layout.BitsAllocated is not (1 or 8 or 16 or 24 or 32))
            throw new DicomCodecException($"Bits Allocated is {layout.BitsAllocated}; 1, 8, 16, 24 and 32 can be decoded.");
        if (layout.BitsStored < 1 || layout.BitsStored > layout.BitsAllocated || layout.HighBit >= layout.BitsAllocated)
        {
            throw new DicomCodecException(
                $"Bits Allocated {layout.BitsAllocated}, Bits Stored {layout.BitsStored} and High Bit {layout.HighBit} do not fit together.");
        }

        if (layout.Samples > MostSamples)
            throw new DicomCodecException($"A frame of {layout.Samples} samples is too large.");
        return layout;
    }

    /// <summary>Called before memory is taken for a frame: a few bytes may not ask for gigabytes.</summary>
    /// <exception cref="DicomCodecException">They do.</exception>
    public void RequirePlausible(long compressedBytes)
    {
        if (Samples > FreeSamples && Samples / SamplesPerByte > compressedBytes)
            throw new DicomCodecException($"{compressedBytes} bytes are too few for a frame of {Samples} samples.");
    }
}
