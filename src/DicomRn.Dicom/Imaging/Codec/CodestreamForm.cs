namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>Where the bits of decoded samples lie.</summary>
internal static class CodestreamForm
{
    /// <summary>
    /// Samples of a codestream with as many bits as the data set stores lie at the foot of their cells, wherever they lay before;
    /// one with more bits carries cells as they were.
    /// </summary>
    public static int HighBit(CodestreamImage image, FrameLayout layout) =>
        image.Precision <= layout.BitsStored ? layout.BitsStored - 1 : layout.HighBit;
}
