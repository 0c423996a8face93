namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>The marker codes of a codestream (T.800 Table A.2, T.814 A.1).</summary>
internal static class MarkerCode
{
    public const int StartOfCodestream = 0xFF4F;
    public const int Capabilities = 0xFF50;
    public const int Size = 0xFF51;
    public const int CodingStyleDefault = 0xFF52;
    public const int CodingStyleComponent = 0xFF53;
    public const int PackedHeadersMain = 0xFF60;
    public const int PackedHeadersTilePart = 0xFF61;
    public const int QuantizationDefault = 0xFF5C;
    public const int QuantizationComponent = 0xFF5D;
    public const int RegionOfInterest = 0xFF5E;
    public const int ProgressionOrderChange = 0xFF5F;
    public const int StartOfTilePart = 0xFF90;
    public const int StartOfPacket = 0xFF91;
    public const int EndOfPacketHeader = 0xFF92;
    public const int StartOfData = 0xFF93;
    public const int EndOfCodestream = 0xFFD9;
}
