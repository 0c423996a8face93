using System.Buffers.Binary;

namespace DicomRn.Imaging.Series;

/// <summary>How the pixels of an image are stored (PS3.3 C.7.6.3, PS3.5 8.1.1) and what their values mean.</summary>
internal sealed record StoredPixels
{
    private int BitsAllocated { get; init; }

    private int BitsStored { get; init; }

    private int HighBit { get; init; }

    private bool Signed { get; init; }

    private double Slope { get; init; }

    private double Intercept { get; init; }

    /// <exception cref="SeriesGeometryException">They are not single grey values in 8, 16 or 32 bits.</exception>
    public static StoredPixels Of(DicomDataset image, string name)
    {
        if ((image.Integer(DicomTag.SamplesPerPixel) ?? 1) != 1)
            throw Refuse(name, $"it is a colour image");
        int allocated = image.Integer(DicomTag.BitsAllocated) ?? 0;
        int stored = image.Integer(DicomTag.BitsStored) ?? allocated;
        int high = image.Integer(DicomTag.HighBit) ?? stored - 1;
        if (allocated is not (8 or 16 or 32) || stored < 1 || stored > allocated || high < stored - 1 || high >= allocated)
            throw Refuse(name, $"bits allocated {allocated}, stored {stored}, high bit {high}");
        return new StoredPixels
        {
            BitsAllocated = allocated,
            BitsStored = stored,
            HighBit = high,
            Signed = image.Integer(DicomTag.PixelRepresentation) == 1,
            Slope = 1,
        }.Rescaled(image);
    }

    /// <summary>
    /// The same pixels with the Rescale Slope and Intercept of a data set, where it has them, else with those of a linear Real World
    /// Value Mapping: stored values of frames with mappings of their own mean something only through them.
    /// </summary>
    public StoredPixels Rescaled(DicomDataset rescale)
    {
        double[] slope = rescale.Numbers(DicomTag.RescaleSlope), intercept = rescale.Numbers(DicomTag.RescaleIntercept);
        if (slope.Length == 0)
            (slope, intercept) = (rescale.Numbers(DicomTag.RealWorldValueSlope), rescale.Numbers(DicomTag.RealWorldValueIntercept));
        return this with
        {
            Slope = slope is [not 0, ..] ? slope[0] : Slope,
            Intercept = intercept.Length > 0 ? intercept[0] : Intercept,
        };
    }

    /// <summary>Decodes one frame, little endian as the stack holds it in memory whatever the file's order was, into rescaled values.</summary>
    /// <exception cref="SeriesGeometryException">There are fewer bytes than pixels.</exception>
    public void Decode(ReadOnlySpan<byte> bytes, Span<float> values, string name)
    {
        int size = BitsAllocated / 8;
        if (bytes.Length < (long)values.Length * size)
            throw Refuse(name, $"{bytes.Length} bytes of pixels where {(long)values.Length * size} are needed");
        int left = 32 - 1 - HighBit, right = 32 - BitsStored;
        for (int n = 0; n < values.Length; n++)
        {
            uint raw = size switch
            {
                1 => bytes[n],
                2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * n)..]),
                _ => BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * n)..]),
            };

            // Bits above the high bit may hold an overlay; shifting drops them and extends the sign.
            double value = Signed ? (int)(raw << left) >> right : (raw << left) >> right;
            values[n] = (float)(value * Slope + Intercept);
        }
    }

    /// <summary>Bytes of one frame of <paramref name="pixels"/> pixels.</summary>
    public long FrameBytes(long pixels) => pixels * (BitsAllocated / 8);

    private static SeriesGeometryException Refuse(string name, FormattableString why) =>
        SeriesGeometry.Refuse(SeriesGeometryReason.UnreadablePixels, name, why);
}
