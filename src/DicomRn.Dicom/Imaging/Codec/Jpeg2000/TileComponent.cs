namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>A component of a tile: its resolutions, from the smallest on (T.800 B.5).</summary>
internal sealed class TileComponent
{
    public TileComponent(SampleArea area, CodingParameters parameters, int component, int precision)
    {
        Area = area;
        Style = parameters.Style(component);
        RegionShift = parameters.RegionShift(component);
        Quantization quantization = parameters.Quantization(component);
        Resolutions = new Resolution[Style.Levels + 1];
        SampleArea smaller = default;
        for (int r = 0; r <= Style.Levels; r++)
        {
            int level = Style.Levels - r;
            SampleArea resolution = Reduce(area, level, 0, 0);
            Subband[] bands = r == 0
                ? [MakeBand(SubbandKind.LowLow, resolution, 0, 0)]
                :
                [
                    MakeBand(SubbandKind.HighLow, Reduce(area, level + 1, 1, 0), smaller.Width, 0),
                    MakeBand(SubbandKind.LowHigh, Reduce(area, level + 1, 0, 1), 0, smaller.Height),
                    MakeBand(SubbandKind.HighHigh, Reduce(area, level + 1, 1, 1), smaller.Width, smaller.Height),
                ];
            Resolutions[r] = new Resolution(r, resolution, bands, Style);
            smaller = resolution;

            Subband MakeBand(SubbandKind kind, SampleArea bandArea, int column, int row)
            {
                int index = r == 0 ? 0 : 3 * (r - 1) + (int)kind;
                (int exponent, int mantissa, int bitPlanes) = quantization.Step(r, index);
                double step = Style.IsReversible
                    ? 1
                    : Math.ScaleB(1 + mantissa / 2048.0, precision + Subband.Gain(kind) - exponent);
                return new Subband(kind, bandArea, column, row, bitPlanes + RegionShift, (float)step);
            }
        }
    }

    public SampleArea Area { get; }

    public ComponentCodingStyle Style { get; }

    public int RegionShift { get; }

    public Resolution[] Resolutions { get; }

    /// <summary>The area of a subband, Equation B-15, or with no offset that of a resolution, Equation B-14.</summary>
    private static SampleArea Reduce(SampleArea area, int level, int offsetX, int offsetY)
    {
        return new SampleArea(
            Reduced(area.X0, offsetX), Reduced(area.Y0, offsetY), Reduced(area.X1, offsetX), Reduced(area.Y1, offsetY));

        int Reduced(long value, int offset)
        {
            long origin = level == 0 ? 0 : (long)offset << (level - 1);
            return (int)((value - origin + (1L << level) - 1) >> level);
        }
    }
}
