namespace DicomRn.Dicom;

/// <summary>Value representation: the type of an element's value (PS3.5 6.2).</summary>
public sealed partial class DicomVR
{
    /// <summary>Application Entity.</summary>
    public static DicomVR AE { get; } = new(
        "AE", "Application Entity", typeof(string), maximumLength: 16, unitSize: 1, byteSwap: 1, isString: true, isMultiValue: true, is16bitLength: true, paddingValue: 0x20);

    /// <summary>Age String.</summary>
    public static DicomVR AS { get; } = new(
        "AS", "Age String", typeof(string), maximumLength: 4, unitSize: 1, byteSwap: 1, isString: true, isMultiValue: true, is16bitLength: true, paddingValue: 0x20);

    /// <summary>Attribute Tag.</summary>
    public static DicomVR AT { get; } = new(
        "AT", "Attribute Tag", typeof(DicomTag), maximumLength: 0, unitSize: 4, byteSwap: 2, isMultiValue: true, is16bitLength: true);

    /// <summary>Code String.</summary>
    public static DicomVR CS { get; } = new(
        "CS", "Code String", typeof(string), maximumLength: 16, unitSize: 1, byteSwap: 1, isString: true, isMultiValue: true, is16bitLength: true, paddingValue: 0x20);

    /// <summary>Date.</summary>
    public static DicomVR DA { get; } = new(
        "DA", "Date", typeof(DateTime), maximumLength: 8, unitSize: 1, byteSwap: 1, isString: true, isMultiValue: true, is16bitLength: true, paddingValue: 0x20);

    /// <summary>Decimal String.</summary>
    public static DicomVR DS { get; } = new(
        "DS", "Decimal String", typeof(decimal), maximumLength: 16, unitSize: 1, byteSwap: 1, isString: true, isMultiValue: true, is16bitLength: true, paddingValue: 0x20);

    /// <summary>Date Time.</summary>
    public static DicomVR DT { get; } = new(
        "DT", "Date Time", typeof(DateTime), maximumLength: 26, unitSize: 1, byteSwap: 1, isString: true, isMultiValue: true, is16bitLength: true, paddingValue: 0x20);

    /// <summary>Floating Point Double.</summary>
    public static DicomVR FD { get; } = new(
        "FD", "Floating Point Double", typeof(double), maximumLength: 0, unitSize: 8, byteSwap: 8, isMultiValue: true, is16bitLength: true);

    /// <summary>Floating Point Single.</summary>
    public static DicomVR FL { get; } = new(
        "FL", "Floating Point Single", typeof(float), maximumLength: 0, unitSize: 4, byteSwap: 4, isMultiValue: true, is16bitLength: true);

    /// <summary>Integer String.</summary>
    public static DicomVR IS { get; } = new(
        "IS", "Integer String", typeof(int), maximumLength: 12, unitSize: 1, byteSwap: 1, isString: true, isMultiValue: true, is16bitLength: true, paddingValue: 0x20);

    /// <summary>Long String.</summary>
    public static DicomVR LO { get; } = new(
        "LO", "Long String", typeof(string), maximumLength: 64, unitSize: 1, byteSwap: 1, isString: true, isStringEncoded: true, isMultiValue: true, is16bitLength: true, paddingValue: 0x20);

    /// <summary>Long Text.</summary>
    public static DicomVR LT { get; } = new(
        "LT", "Long Text", typeof(string), maximumLength: 10240, unitSize: 1, byteSwap: 1, isString: true, isStringEncoded: true, is16bitLength: true, paddingValue: 0x20);

    /// <summary>Other Byte.</summary>
    public static DicomVR OB { get; } = new(
        "OB", "Other Byte", typeof(byte[]), maximumLength: 0, unitSize: 1, byteSwap: 1);

    /// <summary>Other Double.</summary>
    public static DicomVR OD { get; } = new(
        "OD", "Other Double", typeof(double[]), maximumLength: 0, unitSize: 8, byteSwap: 8);

    /// <summary>Other Float.</summary>
    public static DicomVR OF { get; } = new(
        "OF", "Other Float", typeof(float[]), maximumLength: 0, unitSize: 4, byteSwap: 4);

    /// <summary>Other Long.</summary>
    public static DicomVR OL { get; } = new(
        "OL", "Other Long", typeof(uint[]), maximumLength: 0, unitSize: 4, byteSwap: 4);

    /// <summary>Other 64-bit Very Long.</summary>
    public static DicomVR OV { get; } = new(
        "OV", "Other 64-bit Very Long", typeof(ulong[]), maximumLength: 0, unitSize: 8, byteSwap: 8);

    /// <summary>Other Word.</summary>
    public static DicomVR OW { get; } = new(
        "OW", "Other Word", typeof(ushort[]), maximumLength: 0, unitSize: 2, byteSwap: 2);

    /// <summary>Person Name.</summary>
    public static DicomVR PN { get; } = new(
        "PN", "Person Name", typeof(string), maximumLength: 64, unitSize: 1, byteSwap: 1, isString: true, isStringEncoded: true, isMultiValue: true, is16bitLength: true, paddingValue: 0x20);

    /// <summary>Short String.</summary>
    public static DicomVR SH { get; } = new(
        "SH", "Short String", typeof(string), maximumLength: 16, unitSize: 1, byteSwap: 1, isString: true, isStringEncoded: true, isMultiValue: true, is16bitLength: true, paddingValue: 0x20);

    /// <summary>Signed Long.</summary>
    public static DicomVR SL { get; } = new(
        "SL", "Signed Long", typeof(int), maximumLength: 0, unitSize: 4, byteSwap: 4, isMultiValue: true, is16bitLength: true);

    /// <summary>Sequence of Items.</summary>
    public static DicomVR SQ { get; } = new(
        "SQ", "Sequence of Items", typeof(DicomDataset), maximumLength: 0, unitSize: 0, byteSwap: 0);

    /// <summary>Signed Short.</summary>
    public static DicomVR SS { get; } = new(
        "SS", "Signed Short", typeof(short), maximumLength: 0, unitSize: 2, byteSwap: 2, isMultiValue: true, is16bitLength: true);

    /// <summary>Short Text.</summary>
    public static DicomVR ST { get; } = new(
        "ST", "Short Text", typeof(string), maximumLength: 1024, unitSize: 1, byteSwap: 1, isString: true, isStringEncoded: true, is16bitLength: true, paddingValue: 0x20);

    /// <summary>Signed 64-bit Very Long.</summary>
    public static DicomVR SV { get; } = new(
        "SV", "Signed 64-bit Very Long", typeof(long), maximumLength: 0, unitSize: 8, byteSwap: 8, isMultiValue: true);

    /// <summary>Time.</summary>
    public static DicomVR TM { get; } = new(
        "TM", "Time", typeof(DateTime), maximumLength: 16, unitSize: 1, byteSwap: 1, isString: true, isMultiValue: true, is16bitLength: true, paddingValue: 0x20);

    /// <summary>Unlimited Characters.</summary>
    public static DicomVR UC { get; } = new(
        "UC", "Unlimited Characters", typeof(string), maximumLength: 0, unitSize: 1, byteSwap: 1, isString: true, isStringEncoded: true, isMultiValue: true, paddingValue: 0x20);

    /// <summary>Unique Identifier.</summary>
    public static DicomVR UI { get; } = new(
        "UI", "Unique Identifier", typeof(string), maximumLength: 64, unitSize: 1, byteSwap: 1, isString: true, isMultiValue: true, is16bitLength: true);

    /// <summary>Unsigned Long.</summary>
    public static DicomVR UL { get; } = new(
        "UL", "Unsigned Long", typeof(uint), maximumLength: 0, unitSize: 4, byteSwap: 4, isMultiValue: true, is16bitLength: true);

    /// <summary>Unknown.</summary>
    public static DicomVR UN { get; } = new(
        "UN", "Unknown", typeof(byte[]), maximumLength: 0, unitSize: 1, byteSwap: 1);

    /// <summary>Universal Resource Identifier or Locator.</summary>
    public static DicomVR UR { get; } = new(
        "UR", "Universal Resource Identifier or Locator", typeof(string), maximumLength: 0, unitSize: 1, byteSwap: 1, isString: true, paddingValue: 0x20);

    /// <summary>Unsigned Short.</summary>
    public static DicomVR US { get; } = new(
        "US", "Unsigned Short", typeof(ushort), maximumLength: 0, unitSize: 2, byteSwap: 2, isMultiValue: true, is16bitLength: true);

    /// <summary>Unlimited Text.</summary>
    public static DicomVR UT { get; } = new(
        "UT", "Unlimited Text", typeof(string), maximumLength: 0, unitSize: 1, byteSwap: 1, isString: true, isStringEncoded: true, paddingValue: 0x20);

    /// <summary>Unsigned 64-bit Very Long.</summary>
    public static DicomVR UV { get; } = new(
        "UV", "Unsigned 64-bit Very Long", typeof(ulong), maximumLength: 0, unitSize: 8, byteSwap: 8, isMultiValue: true);
}
