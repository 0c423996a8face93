namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>The order of the packets (T.800 Table A.16).</summary>
internal enum ProgressionOrder
{
    LayerResolutionComponentPosition,
    ResolutionLayerComponentPosition,
    ResolutionPositionComponentLayer,
    PositionComponentResolutionLayer,
    ComponentPositionResolutionLayer,
}

/// <summary>How code-blocks are coded (T.800 Table A.19, T.814 Table A.4).</summary>
[Flags]
internal enum CodeBlockStyle
{
    None = 0,
    Bypass = 0x01,
    ResetContexts = 0x02,
    TerminateEachPass = 0x04,
    VerticallyCausal = 0x08,
    PredictableTermination = 0x10,
    SegmentationSymbols = 0x20,
    HighThroughput = 0x40,
    Mixed = 0x80,
}

/// <summary>What a COD segment says of the tile as a whole (T.800 A.6.1).</summary>
internal sealed record TileCodingStyle(ProgressionOrder Order, int Layers, bool ComponentTransform);

/// <summary>What a COD or COC segment says of a component (T.800 Table A.20).</summary>
/// <param name="Levels">Decompositions, 0–32.</param>
/// <param name="BlockWidthExponent">xcb.</param>
/// <param name="BlockHeightExponent">ycb.</param>
/// <param name="BlockStyle">How code-blocks are coded.</param>
/// <param name="IsReversible">5/3 or else 9/7.</param>
/// <param name="PrecinctSizes">For each resolution, PPx in the low and PPy in the high four bits.</param>
internal sealed record ComponentCodingStyle(
    int Levels, int BlockWidthExponent, int BlockHeightExponent, CodeBlockStyle BlockStyle, bool IsReversible, byte[] PrecinctSizes)
{
    /// <summary>Reads a COD segment.</summary>
    public static (TileCodingStyle Tile, ComponentCodingStyle Component) ReadDefault(ref CodestreamReader reader)
    {
        int style = reader.ReadByte();
        ProgressionOrder order = ReadOrder(ref reader);
        int layers = reader.ReadUInt16();
        int transform = reader.ReadByte();
        if (layers == 0)
            throw new DicomCodecException("The JPEG 2000 header has no quality layer.");
        if (transform > 1)
            throw new DicomCodecException($"The JPEG 2000 component transform {transform} is not of Part 1.");
        // Scod's bits for SOP and EPH only allow these markers; whether they are there shows in the packets.
        return (new TileCodingStyle(order, layers, transform == 1), Read(ref reader, (style & 1) != 0));
    }

    public static ProgressionOrder ReadOrder(ref CodestreamReader reader)
    {
        int order = reader.ReadByte();
        return order <= (int)ProgressionOrder.ComponentPositionResolutionLayer
            ? (ProgressionOrder)order
            : throw new DicomCodecException($"{order} is no progression order of JPEG 2000.");
    }

    /// <summary>Reads the SPcod or SPcoc fields.</summary>
    public static ComponentCodingStyle Read(ref CodestreamReader reader, bool ownPrecincts)
    {
        int levels = reader.ReadByte();
        int width = reader.ReadByte() + 2, height = reader.ReadByte() + 2;
        CodeBlockStyle style = (CodeBlockStyle)reader.ReadByte();
        int wavelet = reader.ReadByte();
        if (levels > 32)
            throw new DicomCodecException($"{levels} decomposition levels: JPEG 2000 has at most 32.");
        if (width > 10 || height > 10 || width + height > 12)
            throw new DicomCodecException("The JPEG 2000 header has code-blocks larger than 4096 samples.");
        if (wavelet > 1)
            throw new DicomCodecException($"The JPEG 2000 wavelet {wavelet} is not of Part 1.");
        if ((style & CodeBlockStyle.Mixed) != 0)
            throw new DicomCodecException("Code-blocks that are in part HT and in part not, in one component, are not supported.");
        if ((style & CodeBlockStyle.HighThroughput) != 0 && (style & (CodeBlockStyle)0x37) != 0)
            throw new DicomCodecException("The JPEG 2000 header gives HT code-blocks a style that they cannot have.");

        byte[] precincts = new byte[levels + 1];
        precincts.AsSpan().Fill(0xFF);
        if (ownPrecincts)
            reader.Take(levels + 1).CopyTo(precincts);
        for (int r = 1; r <= levels; r++)
        {
            if ((precincts[r] & 0x0F) == 0 || precincts[r] >> 4 == 0)
                throw new DicomCodecException("The JPEG 2000 header has precincts too small for their subbands.");
        }

        return new ComponentCodingStyle(levels, width, height, style, wavelet == 1, precincts);
    }
}
