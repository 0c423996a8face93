namespace DicomRn.Dicom.Imaging.Codec.Jpeg;

/// <summary>The second bytes of markers (T.81 Table B.1).</summary>
internal static class JpegMarker
{
    public const byte BaselineDct = 0xC0;
    public const byte ExtendedSequentialDct = 0xC1;
    public const byte Lossless = 0xC3;
    public const byte HuffmanTables = 0xC4;
    public const byte JpegExtension = 0xC8;
    public const byte ArithmeticConditioning = 0xCC;
    public const byte LastStartOfFrame = 0xCF;
    public const byte Restart0 = 0xD0;
    public const byte Restart7 = 0xD7;
    public const byte StartOfImage = 0xD8;
    public const byte EndOfImage = 0xD9;
    public const byte StartOfScan = 0xDA;
    public const byte QuantizationTables = 0xDB;
    public const byte RestartInterval = 0xDD;
    public const byte App0 = 0xE0;
    public const byte App14 = 0xEE;
    public const byte Temporary = 0x01;
}
