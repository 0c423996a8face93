namespace DicomRn.Dicom.Imaging.Codec.Rle;

/// <summary>
/// Which bytes of a native frame make up each RLE segment: one segment for each byte of a cell, the most significant first,
/// sample after sample (PS3.5 G.2). Packed single bits are taken as they are, one segment of bytes.
/// </summary>
/// <param name="Count">Segments of a frame.</param>
/// <param name="Length">Bytes of a segment before compression.</param>
/// <param name="Row">Bytes of a row, which runs may not cross (PS3.5 G.3.1).</param>
/// <param name="Step">Bytes from one byte of a segment to the next in the frame.</param>
internal readonly record struct ByteSegments(int Count, int Length, int Row, int Step)
{
    private const int Maximum = 15;

    private int CellBytes { get; init; }

    private bool Planar { get; init; }

    /// <exception cref="DicomCodecException">There would be more than 15 segments.</exception>
    public static ByteSegments Of(FrameLayout layout)
    {
        if (layout.BitsAllocated == 1)
            return new ByteSegments(1, layout.FrameBytes, layout.FrameBytes, 1) { CellBytes = 1 };
        int count = layout.Shape.Components * layout.CellBytes;
        if (count > Maximum)
            throw new DicomCodecException($"RLE has at most {Maximum} segments; this image would need {count}.");
        return new ByteSegments(count, (int)layout.Pixels, layout.Shape.Width, layout.IsPlanar ? layout.CellBytes : count)
        {
            CellBytes = layout.CellBytes,
            Planar = layout.IsPlanar,
        };
    }

    /// <summary>Where in the frame the first byte of a segment lies.</summary>
    public int Start(int segment)
    {
        int sample = segment / CellBytes, significance = CellBytes - 1 - (segment % CellBytes);
        return (Planar ? sample * Length * CellBytes : sample * CellBytes) + significance;
    }
}
