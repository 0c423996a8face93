namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>The code-blocks of a subband in a precinct, and the tag trees that packet headers tell of them with.</summary>
internal sealed class PrecinctBand
{
    /// <param name="band">The subband.</param>
    /// <param name="area">The precinct's part of it.</param>
    /// <param name="widthExponent">xcb' (T.800 Equation B-18).</param>
    /// <param name="heightExponent">ycb'.</param>
    public PrecinctBand(Subband band, SampleArea area, int widthExponent, int heightExponent)
    {
        Band = band;
        if (area.IsEmpty)
        {
            Blocks = [];
            return;
        }

        int firstColumn = area.X0 >> widthExponent, firstRow = area.Y0 >> heightExponent;
        BlocksAcross = ((area.X1 - 1) >> widthExponent) - firstColumn + 1;
        int blocksDown = ((area.Y1 - 1) >> heightExponent) - firstRow + 1;
        Blocks = new CodeBlock[BlocksAcross * blocksDown];
        Inclusion = new TagTree(BlocksAcross, blocksDown);
        ZeroBitPlanes = new TagTree(BlocksAcross, blocksDown);
        for (int i = 0; i < Blocks.Length; i++)
        {
            long x = (long)(firstColumn + i % BlocksAcross) << widthExponent, y = (long)(firstRow + i / BlocksAcross) << heightExponent;
            Blocks[i].Area = new SampleArea(
                (int)Math.Max(x, area.X0),
                (int)Math.Max(y, area.Y0),
                (int)Math.Min(x + (1L << widthExponent), area.X1),
                (int)Math.Min(y + (1L << heightExponent), area.Y1));
        }
    }

    public Subband Band { get; }

    public CodeBlock[] Blocks { get; }

    public int BlocksAcross { get; }

    public TagTree? Inclusion { get; }

    public TagTree? ZeroBitPlanes { get; }
}
