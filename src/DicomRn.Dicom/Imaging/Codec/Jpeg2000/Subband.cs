namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>Which filters made a subband, horizontal first.</summary>
internal enum SubbandKind
{
    LowLow,
    HighLow,
    LowHigh,
    HighHigh,
}

/// <summary>A subband of a tile-component.</summary>
/// <param name="Kind">LL, HL, LH or HH.</param>
/// <param name="Area">In its own coordinates (T.800 Equation B-15).</param>
/// <param name="Column">Where it begins in the tile-component's array of coefficients.</param>
/// <param name="Row">Where it begins in the tile-component's array of coefficients.</param>
/// <param name="BitPlanes">Mb, with those of the region of interest.</param>
/// <param name="Step">The quantization step Δb, 1 in reversible coding.</param>
internal sealed record Subband(SubbandKind Kind, SampleArea Area, int Column, int Row, int BitPlanes, float Step)
{
    /// <summary>log2 of the gain (T.800 Table E.1).</summary>
    public static int Gain(SubbandKind kind) => kind switch
    {
        SubbandKind.LowLow => 0,
        SubbandKind.HighHigh => 2,
        _ => 1,
    };
}
