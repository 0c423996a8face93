namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>One change of a POC segment (T.800 A.6.6): a volume of packets and their order. Ends are outside.</summary>
internal sealed record ProgressionChange(
    int FirstResolution, int FirstComponent, int EndLayer, int EndResolution, int EndComponent, ProgressionOrder Order);

/// <summary>
/// The coding parameters of the main header, or those that a tile's header puts in their place (precedence of T.800 A.6: tile
/// COC, tile COD, main COC, main COD; likewise the quantization and the region of interest).
/// </summary>
internal sealed class CodingParameters(int components, CodingParameters? main)
{
    /// <summary>A few changes do; thousands are an attack on the reader's time.</summary>
    private const int MaximumProgressionChanges = 64;

    private readonly ComponentCodingStyle?[] _styles = new ComponentCodingStyle?[components];
    private readonly Quantization?[] _quantizations = new Quantization?[components];
    private readonly int?[] _regionShifts = new int?[components];
    private readonly List<ProgressionChange> _progression = [];
    private TileCodingStyle? _tile;
    private ComponentCodingStyle? _style;
    private Quantization? _quantization;

    public TileCodingStyle Tile => _tile ?? main?._tile ?? throw Missing("coding style (COD)");

    public IReadOnlyList<ProgressionChange> Progression => _progression.Count > 0 || main is null ? _progression : main._progression;

    public ComponentCodingStyle Style(int component)
        => _styles[component] ?? _style ?? main?._styles[component] ?? main?._style ?? throw Missing("coding style (COD)");

    public Quantization Quantization(int component)
        => _quantizations[component] ?? _quantization ?? main?._quantizations[component] ?? main?._quantization
            ?? throw Missing("quantization (QCD)");

    /// <summary>The bit-planes by which the region of interest is raised (Maxshift, T.800 Annex H).</summary>
    public int RegionShift(int component) => _regionShifts[component] ?? main?._regionShifts[component] ?? 0;

    /// <summary>Takes a marker segment over, where it is one of parameters.</summary>
    public bool TryRead(int marker, ref CodestreamReader reader)
    {
        switch (marker)
        {
            case MarkerCode.CodingStyleDefault:
                (_tile, _style) = ComponentCodingStyle.ReadDefault(ref reader);
                return true;
            case MarkerCode.CodingStyleComponent:
                int component = reader.ReadComponent(components);
                bool ownPrecincts = (reader.ReadByte() & 1) != 0;
                _styles[component] = ComponentCodingStyle.Read(ref reader, ownPrecincts);
                return true;
            case MarkerCode.QuantizationDefault:
                _quantization = Jpeg2000.Quantization.Read(ref reader);
                return true;
            case MarkerCode.QuantizationComponent:
                component = reader.ReadComponent(components);
                _quantizations[component] = Jpeg2000.Quantization.Read(ref reader);
                return true;
            case MarkerCode.RegionOfInterest:
                ReadRegion(ref reader);
                return true;
            case MarkerCode.ProgressionOrderChange:
                ReadProgression(ref reader);
                return true;
            default:
                return false;
        }
    }

    private void ReadRegion(ref CodestreamReader reader)
    {
        int component = reader.ReadComponent(components);
        int style = reader.ReadByte();
        if (style != 0)
            throw new DicomCodecException($"The JPEG 2000 region of interest of style {style} is not of Part 1.");
        _regionShifts[component] = reader.ReadByte();
    }

    private void ReadProgression(ref CodestreamReader reader)
    {
        int size = components < 257 ? 7 : 9;
        while (reader.Remaining >= size)
        {
            int firstResolution = reader.ReadByte();
            int firstComponent = components < 257 ? reader.ReadByte() : reader.ReadUInt16();
            int endLayer = reader.ReadUInt16();
            int endResolution = reader.ReadByte();
            int endComponent = components < 257 ? reader.ReadByte() : reader.ReadUInt16();
            // One byte cannot say 256: 0 does (T.800 Table A.32).
            if (endComponent == 0)
                endComponent = components;
            ProgressionOrder order = ComponentCodingStyle.ReadOrder(ref reader);
            _progression.Add(new ProgressionChange(firstResolution, firstComponent, endLayer, endResolution, endComponent, order));
        }

        if (_progression.Count > MaximumProgressionChanges)
            throw new DicomCodecException($"The JPEG 2000 header has more than {MaximumProgressionChanges} changes of the progression.");
    }

    private static DicomCodecException Missing(string what) => new($"The JPEG 2000 header has no {what}.");
}
