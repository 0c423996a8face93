namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>The second bytes of markers (ITU-T T.87 table C.1, ITU-T T.81 table B.1).</summary>
internal static class Marker
{
    public const byte FirstRestart = 0xD0;
    public const byte StartOfImage = 0xD8;
    public const byte EndOfImage = 0xD9;
    public const byte StartOfScan = 0xDA;
    public const byte NumberOfLines = 0xDC;
    public const byte RestartInterval = 0xDD;
    public const byte FirstApplication = 0xE0;
    public const byte Application8 = 0xE8;
    public const byte LastApplication = 0xEF;
    public const byte StartOfFrame = 0xF7;
    public const byte PresetParameters = 0xF8;
    public const byte Comment = 0xFE;
}
