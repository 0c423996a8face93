using System.Globalization;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>Makes the element type that belongs to a VR.</summary>
internal static class ElementFactory
{
    /// <summary>An element whose value bytes are given.</summary>
    public static DicomElement FromBuffer(DicomVR vr, DicomTag tag, DicomCharacterSet characterSet, IByteBuffer data)
    {
        DicomElement element = (vr.Code[0], vr.Code.Length > 1 ? vr.Code[1] : ' ') switch
        {
            ('A', 'E') => new DicomApplicationEntity(tag, data),
            ('A', 'S') => new DicomAgeString(tag, data),
            ('A', 'T') => new DicomAttributeTag(tag, data),
            ('C', 'S') => new DicomCodeString(tag, data),
            ('D', 'A') => new DicomDate(tag, data),
            ('D', 'S') => new DicomDecimalString(tag, data),
            ('D', 'T') => new DicomDateTime(tag, data),
            ('F', 'D') => new DicomFloatingPointDouble(tag, data),
            ('F', 'L') => new DicomFloatingPointSingle(tag, data),
            ('I', 'S') => new DicomIntegerString(tag, data),
            ('L', 'O') => new DicomLongString(tag, null, data),
            ('L', 'T') => new DicomLongText(tag, null, data),
            ('O', 'B') => new DicomOtherByte(tag, data),
            ('O', 'D') => new DicomOtherDouble(tag, data),
            ('O', 'F') => new DicomOtherFloat(tag, data),
            ('O', 'L') => new DicomOtherLong(tag, data),
            ('O', 'V') => new DicomOtherVeryLong(tag, data),
            ('O', 'W') => new DicomOtherWord(tag, data),
            ('P', 'N') => new DicomPersonName(tag, null, data),
            ('S', 'H') => new DicomShortString(tag, null, data),
            ('S', 'L') => new DicomSignedLong(tag, data),
            ('S', 'S') => new DicomSignedShort(tag, data),
            ('S', 'T') => new DicomShortText(tag, null, data),
            ('S', 'V') => new DicomSignedVeryLong(tag, data),
            ('T', 'M') => new DicomTime(tag, data),
            ('U', 'C') => new DicomUnlimitedCharacters(tag, null, data),
            ('U', 'I') => new DicomUniqueIdentifier(tag, data),
            ('U', 'L') => new DicomUnsignedLong(tag, data),
            ('U', 'R') => new DicomUniversalResource(tag, data),
            ('U', 'S') => new DicomUnsignedShort(tag, data),
            ('U', 'T') => new DicomUnlimitedText(tag, null, data),
            ('U', 'V') => new DicomUnsignedVeryLong(tag, data),
            _ => new DicomUnknown(tag, data),
        };
        if (vr.IsStringEncoded)
            ((DicomStringElement)element).Reinterpret(characterSet);
        return element;
    }

    /// <summary>An element or sequence of the values given, in whatever .NET type fits the VR.</summary>
    /// <exception cref="DicomDataException">The type does not fit the VR.</exception>
    public static DicomItem FromValues<T>(DicomVR vr, DicomTag tag, T[]? values)
    {
        values = values is [null] ? [] : values ?? [];
        if (vr == DicomVR.SQ)
            return Sequence(tag, values);
        if (values is IByteBuffer[] buffers)
            return FromBuffer(vr, tag, DicomCharacterSet.Default, buffers.Length == 1 ? buffers[0] : new CompositeByteBuffer(buffers));
        if (values is DicomDateRange[] and [DicomDateRange range])
        {
            return vr.Code switch
            {
                "DA" => new DicomDate(tag, range),
                "TM" => new DicomTime(tag, range),
                "DT" => new DicomDateTime(tag, range),
                _ => throw new DicomDataException($"{tag} {tag.DictionaryEntry.Name} is of VR {vr.Code}, which has no ranges."),
            };
        }

        return vr.Code switch
        {
            "AE" => new DicomApplicationEntity(tag, Texts(values)),
            "AS" => new DicomAgeString(tag, Texts(values)),
            "CS" => new DicomCodeString(tag, Texts(values)),
            "DA" => new DicomDate(tag, Texts(values, DicomDate.Format)),
            "DS" => new DicomDecimalString(tag, Array.ConvertAll(values, DecimalText)),
            "DT" => new DicomDateTime(tag, Texts(values, DicomDateTime.Format)),
            "IS" => new DicomIntegerString(tag, Array.ConvertAll(values, IntegerText)),
            "LO" => new DicomLongString(tag, Texts(values)),
            "LT" => new DicomLongText(tag, string.Join('\\', Texts(values))),
            "PN" => new DicomPersonName(tag, Texts(values)),
            "SH" => new DicomShortString(tag, Texts(values)),
            "ST" => new DicomShortText(tag, string.Join('\\', Texts(values))),
            "TM" => new DicomTime(tag, Texts(values, DicomTime.Format)),
            "UC" => new DicomUnlimitedCharacters(tag, Texts(values)),
            "UI" => new DicomUniqueIdentifier(tag, Texts(values)),
            "UR" => new DicomUniversalResource(tag, string.Join('\\', Texts(values))),
            "UT" => new DicomUnlimitedText(tag, string.Join('\\', Texts(values))),
            "AT" => new DicomAttributeTag(tag, Array.ConvertAll(values, v => DicomAttributeTag.Read(v, tag))),
            "FD" => new DicomFloatingPointDouble(tag, Numbers<T, double>(values, tag)),
            "FL" => new DicomFloatingPointSingle(tag, Numbers<T, float>(values, tag)),
            "OB" or "UN" when values is byte[] bytes => FromBuffer(vr, tag, DicomCharacterSet.Default, new MemoryByteBuffer(bytes)),
            "OB" => new DicomOtherByte(tag, Numbers<T, byte>(values, tag)),
            "UN" => new DicomUnknown(tag, Numbers<T, byte>(values, tag)),
            "OD" or "OF" or "OL" or "OV" or "OW" when values is byte[] bytes =>
                FromBuffer(vr, tag, DicomCharacterSet.Default, new MemoryByteBuffer(bytes)),
            "OD" => new DicomOtherDouble(tag, Numbers<T, double>(values, tag)),
            "OF" => new DicomOtherFloat(tag, Numbers<T, float>(values, tag)),
            "OL" => new DicomOtherLong(tag, Numbers<T, uint>(values, tag)),
            "OV" => new DicomOtherVeryLong(tag, Numbers<T, ulong>(values, tag)),
            "OW" => new DicomOtherWord(tag, Numbers<T, ushort>(values, tag)),
            "SL" => new DicomSignedLong(tag, Numbers<T, int>(values, tag)),
            "SS" => new DicomSignedShort(tag, Numbers<T, short>(values, tag)),
            "SV" => new DicomSignedVeryLong(tag, Numbers<T, long>(values, tag)),
            "UL" => new DicomUnsignedLong(tag, Numbers<T, uint>(values, tag)),
            "US" => new DicomUnsignedShort(tag, Numbers<T, ushort>(values, tag)),
            "UV" => new DicomUnsignedVeryLong(tag, Numbers<T, ulong>(values, tag)),
            _ => throw new DicomDataException($"{tag}: no element can be made of VR '{vr.Code}'."),
        };
    }

    private static DicomSequence Sequence<T>(DicomTag tag, T[] values)
    {
        if (values.Length == 0)
            return new DicomSequence(tag);
        return values is DicomDataset[] items
            ? new DicomSequence(tag, items)
            : throw new DicomDataException($"{tag} {tag.DictionaryEntry.Name} is a sequence: its items are data sets, not {typeof(T).Name}.");
    }

    private static string[] Texts<T>(T[] values) =>
        values as string[] ?? Array.ConvertAll(values, static v => v is null ? "" : ValueConversion.Text(v));

    private static string[] Texts<T>(T[] values, Func<DateTime, string> format) =>
        values is DateTime[] dates ? Array.ConvertAll(dates, d => format(d)) : Texts(values);

    private static string DecimalText<T>(T value) => value switch
    {
        null => "",
        string s => s,
        double d => DicomDecimalString.ToDecimalString(d),
        float f => f.ToString("R", CultureInfo.InvariantCulture),
        decimal m => DicomDecimalString.ToDecimalString(m),
        _ => ValueConversion.Text(value),
    };

    private static string IntegerText<T>(T value) => value switch
    {
        null => "",
        string s => s,
        double or float or decimal => Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        Enum e => Convert.ToInt64(e, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        _ => ValueConversion.Text(value),
    };

    private static TNumber[] Numbers<T, TNumber>(T[] values, DicomTag tag)
        where TNumber : unmanaged
    {
        if (values is TNumber[] same)
            return same;
        return Array.ConvertAll(values, v => v is string text
            ? ValueConversion.Parse<TNumber>(text, tag)
            : ValueConversion.Convert<object, TNumber>(v!, tag));
    }
}
