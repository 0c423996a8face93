namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>A rectangle of whole samples; the far edges are outside.</summary>
internal readonly record struct SampleArea(int X0, int Y0, int X1, int Y1)
{
    public int Width => X1 - X0;

    public int Height => Y1 - Y0;

    public bool IsEmpty => X1 <= X0 || Y1 <= Y0;
}

/// <summary>The SIZ marker segment (T.800 A.5.1): the reference grid, the tiles on it and the samples.</summary>
/// <param name="Image">Where the image lies on the reference grid.</param>
/// <param name="TileX">The horizontal origin of the first tile.</param>
/// <param name="TileY">The vertical origin of the first tile.</param>
/// <param name="TileWidth">Nominal.</param>
/// <param name="TileHeight">Nominal.</param>
/// <param name="Components">How many.</param>
/// <param name="Precision">Bits of a sample, alike in all components.</param>
/// <param name="IsSigned">Alike in all components.</param>
internal sealed record ImageAndTileSize(
    SampleArea Image, int TileX, int TileY, long TileWidth, long TileHeight, int Components, int Precision, bool IsSigned)
{
    /// <summary>The deepest samples whose wavelet coefficients keep within 32 bits.</summary>
    public const int MaximumPrecision = 26;

    /// <summary>Samples of a pixel in DICOM.</summary>
    private const int MaximumComponents = 4;

    public int TilesAcross => (int)((Image.X1 - TileX + TileWidth - 1) / TileWidth);

    public int TilesDown => (int)((Image.Y1 - TileY + TileHeight - 1) / TileHeight);

    /// <summary>The part of the image in a tile (T.800 B.3).</summary>
    public SampleArea Tile(int index)
    {
        long x = TileX + index % TilesAcross * TileWidth;
        long y = TileY + index / TilesAcross * TileHeight;
        return new SampleArea(
            (int)Math.Max(x, Image.X0),
            (int)Math.Max(y, Image.Y0),
            (int)Math.Min(x + TileWidth, Image.X1),
            (int)Math.Min(y + TileHeight, Image.Y1));
    }

    /// <summary>
    /// Reads the marker segment and compares it with what the data set announces, before anything is allocated.
    /// </summary>
    public static ImageAndTileSize Read(ref CodestreamReader reader, CodestreamShape expected)
    {
        int capabilities = reader.ReadUInt16();
        if ((capabilities & 0x8000) != 0)
            throw new DicomCodecException("The JPEG 2000 header asks for extensions of Part 2, which are not supported.");
        uint x1 = reader.ReadUInt32(), y1 = reader.ReadUInt32(), x0 = reader.ReadUInt32(), y0 = reader.ReadUInt32();
        uint tileWidth = reader.ReadUInt32(), tileHeight = reader.ReadUInt32();
        uint tileX = reader.ReadUInt32(), tileY = reader.ReadUInt32();
        int components = reader.ReadUInt16();
        if (x1 > int.MaxValue || y1 > int.MaxValue || x0 >= x1 || y0 >= y1)
            throw new DicomCodecException("The JPEG 2000 header's image area is empty or beyond 2³¹.");
        expected.Require((int)(x1 - x0), (int)(y1 - y0), components);
        if (components > MaximumComponents)
            throw new DicomCodecException($"JPEG 2000 images of {components} components are not supported; {MaximumComponents} are.");
        if (tileX > x0 || tileY > y0 || (ulong)tileX + tileWidth <= x0 || (ulong)tileY + tileHeight <= y0)
            throw new DicomCodecException("The first tile of the JPEG 2000 header lies beside the image.");
        int depth = -1;
        for (int c = 0; c < components; c++)
        {
            int componentDepth = reader.ReadByte();
            if (reader.ReadByte() != 1 || reader.ReadByte() != 1)
                throw new DicomCodecException("Sub-sampled components of JPEG 2000 are not supported.");
            if (c > 0 && componentDepth != depth)
                throw new DicomCodecException("Components of different bit depths in JPEG 2000 are not supported.");
            depth = componentDepth;
        }

        int precision = (depth & 0x7F) + 1;
        if (precision > MaximumPrecision)
            throw new DicomCodecException($"JPEG 2000 samples of {precision} bits are not supported; {MaximumPrecision} are.");
        ImageAndTileSize size = new(
            new SampleArea((int)x0, (int)y0, (int)x1, (int)y1),
            (int)tileX,
            (int)tileY,
            tileWidth,
            tileHeight,
            components,
            precision,
            (depth & 0x80) != 0);
        if ((long)size.TilesAcross * size.TilesDown > 65535)
            throw new DicomCodecException("The JPEG 2000 header has more than 65535 tiles.");
        return size;
    }
}
