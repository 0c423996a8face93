namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>
/// What the data set says of a frame, for a decoder to compare with the frame's own header before it allocates anything: a
/// codestream may not demand more memory than the data set announces.
/// </summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Components">Samples per pixel.</param>
internal readonly record struct CodestreamShape(int Width, int Height, int Components)
{
    /// <exception cref="DicomCodecException">The header says something else.</exception>
    public void Require(int width, int height, int components)
    {
        if (width != Width || height != Height || components != Components)
        {
            throw new DicomCodecException(
                $"The frame's header says {width}×{height} pixels of {components} samples, the data set {Width}×{Height} of {Components}.");
        }
    }
}
