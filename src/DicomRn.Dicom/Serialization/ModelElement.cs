using System.Globalization;
using System.Numerics;

namespace DicomRn.Dicom.Serialization;

/// <summary>Elements of the values of the DICOM JSON model (PS3.18 F.2.3). Numbers may be given as strings, and the reverse.</summary>
internal static class ModelElement
{
    /// <summary>An element of a VR other than SQ.</summary>
    /// <exception cref="FormatException">The values do not fit the VR; the message does not quote them.</exception>
    public static DicomItem ToElement(DicomVR vr, DicomTag tag, List<ModelValue> values)
    {
        if (values is [] or [{ Text: "" }])
            return ElementFactory.FromBuffer(vr, tag, DicomCharacterSet.Default, IO.Buffer.EmptyBuffer.Value);
        return vr.Code switch
        {
            "AT" => ElementFactory.FromValues(vr, tag, Convert(vr, values, Tag)),
            "SS" => ElementFactory.FromValues(vr, tag, Convert(vr, values, Whole<short>)),
            "US" => ElementFactory.FromValues(vr, tag, Convert(vr, values, Whole<ushort>)),
            "SL" => ElementFactory.FromValues(vr, tag, Convert(vr, values, Whole<int>)),
            "UL" => ElementFactory.FromValues(vr, tag, Convert(vr, values, Whole<uint>)),
            "SV" => ElementFactory.FromValues(vr, tag, Convert(vr, values, Whole<long>)),
            "UV" => ElementFactory.FromValues(vr, tag, Convert(vr, values, Whole<ulong>)),
            "FL" => ElementFactory.FromValues(vr, tag, Convert(vr, values, Real<float>)),
            "FD" => ElementFactory.FromValues(vr, tag, Convert(vr, values, Real<double>)),
            "IS" => ElementFactory.FromValues(vr, tag, Convert(vr, values, IntegerText)),
            "DS" => ElementFactory.FromValues(vr, tag, Convert(vr, values, DecimalText)),
            _ when !vr.IsString => throw new FormatException($"its values of VR {vr.Code} are InlineBinary or BulkDataURI, not Value"),
            _ when !vr.IsMultiValue && values.Count > 1 => throw new FormatException($"it has {values.Count} values; {vr.Code} has one"),
            _ => ElementFactory.FromValues(vr, tag, Convert<string>(vr, values, vr.IsMultiValue ? OneText : static v => v.Text)),
        };
    }

    private static T[] Convert<T>(DicomVR vr, List<ModelValue> values, Func<ModelValue, T?> convert)
    {
        T[] converted = new T[values.Count];
        for (int i = 0; i < converted.Length; i++)
            converted[i] = convert(values[i]) ?? throw new FormatException($"value {i + 1} of {converted.Length} is none of VR {vr.Code}");
        return converted;
    }

    private static T[] Convert<T>(DicomVR vr, List<ModelValue> values, Func<ModelValue, T?> convert)
        where T : struct
    {
        T[] converted = new T[values.Count];
        for (int i = 0; i < converted.Length; i++)
            converted[i] = convert(values[i]) ?? throw new FormatException($"value {i + 1} of {converted.Length} is none of VR {vr.Code}");
        return converted;
    }

    // A backslash would make two values of one.
    private static string? OneText(ModelValue value) => value.Text.Contains('\\', StringComparison.Ordinal) ? null : value.Text;

    private static DicomTag? Tag(ModelValue value) =>
        value.Text.Length == 8 && uint.TryParse(value.Text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint tag)
            ? DicomTag.Of(tag) : DicomDictionary.TryFindKeyword(value.Text, out DicomTag? known) ? known : null;

    private static T? Whole<T>(ModelValue value)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        if (!decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            || decimal.Truncate(number) != number
            || number < decimal.CreateChecked(T.MinValue) || number > decimal.CreateChecked(T.MaxValue))
        {
            return null;
        }

        return T.CreateChecked(number);
    }

    private static T? Real<T>(ModelValue value)
        where T : struct, IFloatingPointIeee754<T>
    {
        // JSON has no number for these; programs write them as they spell them.
        switch (value.Text.ToUpperInvariant())
        {
            case "NAN":
                return T.NaN;
            case "INFINITY" or "+INFINITY" or "INF" or "+INF":
                return T.PositiveInfinity;
            case "-INFINITY" or "-INF":
                return T.NegativeInfinity;
        }

        return T.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out T number) && T.IsFinite(number) ? number : null;
    }

    private static string? IntegerText(ModelValue value)
    {
        if (!value.IsNumber)
            return OneText(value);
        return Whole<int>(value)?.ToString(CultureInfo.InvariantCulture);
    }

    // A number has as many digits as its writer liked; a decimal string has 16 characters.
    private static string? DecimalText(ModelValue value)
    {
        if (!value.IsNumber || value.Text.Length <= 16)
            return OneText(value);
        return Real<double>(value) is { } number ? DicomDecimalString.ToDecimalString(number) : null;
    }
}
