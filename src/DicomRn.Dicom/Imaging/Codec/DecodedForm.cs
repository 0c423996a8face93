namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>What the attributes of native pixels have to say after decoding.</summary>
/// <param name="Photometric">Photometric Interpretation.</param>
/// <param name="IsPlanar">Whether colour pixels lie plane by plane.</param>
/// <param name="IsLossy">Whether the codestream is known to have lost information.</param>
internal sealed record DecodedForm(PhotometricInterpretation Photometric, bool IsPlanar, bool IsLossy)
{
    /// <summary>The form that the data set states already; chrominance of pairs is with every pixel in a codestream.</summary>
    public static DecodedForm WithEverySample(DicomPixelData pixels, FrameLayout layout) =>
        new(WithEverySample(pixels.PhotometricInterpretation), layout.IsPlanar, IsLossy: false);

    /// <summary>YBR_FULL for YBR_FULL_422, others as they are.</summary>
    public static PhotometricInterpretation WithEverySample(PhotometricInterpretation stated) =>
        stated == PhotometricInterpretation.YbrFull422 ? PhotometricInterpretation.YbrFull : stated;

    /// <summary>The form that the data set states already.</summary>
    public static DecodedForm AsStated(DicomPixelData pixels, FrameLayout layout) =>
        new(pixels.PhotometricInterpretation, layout.IsPlanar, IsLossy: false);

    public void ApplyTo(DicomPixelData pixels)
    {
        if (pixels.PhotometricInterpretation != Photometric)
            pixels.PhotometricInterpretation = Photometric;
        if (pixels.SamplesPerPixel > 1)
            pixels.PlanarConfiguration = IsPlanar ? PlanarConfiguration.Planar : PlanarConfiguration.Interleaved;
    }
}
