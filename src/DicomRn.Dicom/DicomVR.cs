using System.Diagnostics.CodeAnalysis;

namespace DicomRn.Dicom;

public sealed partial class DicomVR
{
    private static DicomVR?[]? _byCode;

    private DicomVR(
        string code,
        string name,
        Type valueType,
        uint maximumLength,
        int unitSize,
        int byteSwap,
        bool isString = false,
        bool isStringEncoded = false,
        bool isMultiValue = false,
        bool is16bitLength = false,
        byte paddingValue = 0)
    {
        Code = code;
        Name = name;
        ValueType = valueType;
        MaximumLength = maximumLength;
        UnitSize = unitSize;
        ByteSwap = byteSwap;
        IsString = isString;
        IsStringEncoded = isStringEncoded;
        IsMultiValue = isMultiValue;
        Is16bitLength = is16bitLength;
        PaddingValue = paddingValue;
    }

    /// <summary>No VR: items, delimiters and unknown repeating entries.</summary>
    public static DicomVR NONE { get; } = new("", "No Value Representation", typeof(object), 0, 0, 0);

    /// <summary>Two letters.</summary>
    public string Code { get; }

    /// <summary>Name in the standard.</summary>
    public string Name { get; }

    /// <summary>The .NET type of one value.</summary>
    public Type ValueType { get; }

    /// <summary>The most characters of one value (of a component group for PN); 0 where there is no limit.</summary>
    public uint MaximumLength { get; }

    /// <summary>Bytes of one value; 1 for text.</summary>
    public int UnitSize { get; }

    /// <summary>Bytes that are swapped between little and big endian.</summary>
    public int ByteSwap { get; }

    /// <summary>Whether the value is text.</summary>
    public bool IsString { get; }

    /// <summary>Whether the text is in the data set's Specific Character Set.</summary>
    public bool IsStringEncoded { get; }

    /// <summary>Whether there may be several values.</summary>
    public bool IsMultiValue { get; }

    /// <summary>Whether explicit VR syntaxes write the length in two bytes (PS3.5 7.1.2).</summary>
    public bool Is16bitLength { get; }

    /// <summary>The byte by which a value of odd length is padded.</summary>
    public byte PaddingValue { get; }

    /// <summary>The VR with a code.</summary>
    /// <exception cref="DicomDataException">There is no such VR.</exception>
    public static DicomVR Parse(string vr) =>
        TryParse(vr, out DicomVR? result) ? result : throw new DicomDataException($"There is no value representation '{vr}'.");

    /// <summary>The VR with a code, where there is one.</summary>
    public static bool TryParse(string? vr, [NotNullWhen(true)] out DicomVR? result)
    {
        result = vr is { Length: 2 } && vr[0] < 128 && vr[1] < 128 ? FromCode((byte)vr[0], (byte)vr[1]) : null;
        return result is not null;
    }

    /// <inheritdoc />
    public override string ToString() => Code;

    internal static DicomVR? FromCode(byte first, byte second)
    {
        int a = first - 'A', b = second - 'A';
        return (uint)a < 26 && (uint)b < 26 ? (_byCode ??= BuildByCode())[(a * 26) + b] : null;
    }

    private static DicomVR?[] BuildByCode()
    {
        DicomVR?[] table = new DicomVR?[26 * 26];
        foreach (DicomVR vr in (ReadOnlySpan<DicomVR>)[
            AE, AS, AT, CS, DA, DS, DT, FD, FL, IS, LO, LT, OB, OD, OF, OL, OV, OW, PN, SH, SL, SQ, SS, ST, SV, TM, UC, UI,
            UL, UN, UR, US, UT, UV])
        {
            table[((vr.Code[0] - 'A') * 26) + vr.Code[1] - 'A'] = vr;
        }

        return table;
    }
}
