namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>A resolution of a tile-component: its subbands, divided into precincts (T.800 B.5, B.6).</summary>
internal sealed class Resolution
{
    private readonly PrecinctBand[]?[] _precincts;
    private readonly ushort[] _layers;
    private readonly ComponentCodingStyle _style;
    private readonly int _widthExponent;
    private readonly int _heightExponent;

    /// <param name="index">0 for the smallest.</param>
    /// <param name="area">In its own coordinates (Equation B-14).</param>
    /// <param name="bands">LL, or HL, LH and HH.</param>
    /// <param name="style">The component's coding style.</param>
    public Resolution(int index, SampleArea area, Subband[] bands, ComponentCodingStyle style)
    {
        Index = index;
        Area = area;
        Bands = bands;
        _style = style;
        _widthExponent = style.PrecinctSizes[index] & 0x0F;
        _heightExponent = style.PrecinctSizes[index] >> 4;
        if (!area.IsEmpty)
        {
            PrecinctsAcross = ((area.X1 - 1) >> _widthExponent) - (area.X0 >> _widthExponent) + 1;
            PrecinctsDown = ((area.Y1 - 1) >> _heightExponent) - (area.Y0 >> _heightExponent) + 1;
        }

        // Smaller precincts, but in small resolutions, serve no reader of regions and cost memory beyond that of the image.
        long samples = (long)area.Width * area.Height;
        if ((long)PrecinctsAcross * PrecinctsDown > 4096 + samples / 256)
            throw new DicomCodecException($"The JPEG 2000 header divides {samples} samples into too many precincts.");
        _precincts = new PrecinctBand[]?[PrecinctsAcross * PrecinctsDown];
        _layers = new ushort[_precincts.Length];
    }

    public int Index { get; }

    public SampleArea Area { get; }

    public Subband[] Bands { get; }

    public int PrecinctsAcross { get; }

    public int PrecinctsDown { get; }

    public int PrecinctCount => _precincts.Length;

    /// <summary>The precincts that some packet had data for.</summary>
    public IEnumerable<PrecinctBand[]> CodedPrecincts => _precincts.OfType<PrecinctBand[]>();

    /// <summary>The layers of a precinct that have been read.</summary>
    public ref ushort LayersRead(int precinct) => ref _layers[precinct];

    /// <summary>Whether all packets have been read.</summary>
    public bool IsRead(int layers) => !_layers.AsSpan().ContainsAnyExcept((ushort)layers);

    /// <summary>Where a precinct begins on the reference grid, for the progressions by position (T.800 B.12.1.3).</summary>
    /// <param name="precinct">Its number.</param>
    /// <param name="tile">The tile on the reference grid.</param>
    public (long X, long Y) Position(int precinct, SampleArea tile)
    {
        int scale = _style.Levels - Index;
        long x = (long)((Area.X0 >> _widthExponent) + precinct % PrecinctsAcross) << (_widthExponent + scale);
        long y = (long)((Area.Y0 >> _heightExponent) + precinct / PrecinctsAcross) << (_heightExponent + scale);
        return (Math.Max(x, tile.X0), Math.Max(y, tile.Y0));
    }

    /// <summary>The code-blocks of a precinct, made when the first packet with data asks for them.</summary>
    public PrecinctBand[] Precinct(int precinct) => _precincts[precinct] ??= MakePrecinct(precinct);

    private PrecinctBand[] MakePrecinct(int precinct)
    {
        // Subbands of resolution 0 have its coordinates, the others half of them.
        int half = Index == 0 ? 0 : 1;
        int width = _widthExponent - half, height = _heightExponent - half;
        long x = (long)((Area.X0 >> _widthExponent) + precinct % PrecinctsAcross) << width;
        long y = (long)((Area.Y0 >> _heightExponent) + precinct / PrecinctsAcross) << height;
        PrecinctBand[] bands = new PrecinctBand[Bands.Length];
        for (int b = 0; b < bands.Length; b++)
        {
            SampleArea band = Bands[b].Area;
            SampleArea area = new(
                (int)Math.Max(x, band.X0),
                (int)Math.Max(y, band.Y0),
                (int)Math.Min(x + (1L << width), band.X1),
                (int)Math.Min(y + (1L << height), band.Y1));
            bands[b] = new PrecinctBand(
                Bands[b], area, Math.Min(_style.BlockWidthExponent, width), Math.Min(_style.BlockHeightExponent, height));
        }

        return bands;
    }
}
