using System.Globalization;

namespace DicomRn.Dicom;

/// <summary>Conversions between the .NET types that callers ask for and those of the VRs.</summary>
internal static class ValueConversion
{
    /// <summary>A number, tag or the like as another type.</summary>
    /// <exception cref="DicomDataException">It does not fit.</exception>
    public static TTo Convert<TFrom, TTo>(TFrom value, DicomTag tag)
        where TFrom : notnull
    {
        if (value is TTo same)
            return same;
        Type type = Nullable.GetUnderlyingType(typeof(TTo)) ?? typeof(TTo);
        try
        {
            if (type == typeof(string))
                return (TTo)(object)Text(value);
            if (type.IsEnum)
                return (TTo)Enum.ToObject(type, System.Convert.ToInt64(value, CultureInfo.InvariantCulture));
            return (TTo)System.Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is InvalidCastException or OverflowException or FormatException)
        {
            // The cause is left out: its message may quote the value.
            throw new DicomDataException($"A value of {tag} {tag.DictionaryEntry.Name} cannot be had as {typeof(TTo).Name}.");
        }
    }

    /// <summary>A value as DICOM text: numbers in the invariant culture, identifiers and tags as the standard writes them.</summary>
    public static string Text(object value) => value switch
    {
        string s => s,
        DicomUID uid => uid.UID,
        DicomTransferSyntax syntax => syntax.UID.UID,
        DicomTag tag => tag.ToString(),
        float f => f.ToString("R", CultureInfo.InvariantCulture),
        double d => d.ToString("R", CultureInfo.InvariantCulture),
        Enum e => e.ToString().ToUpperInvariant(),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>Text as another type.</summary>
    /// <exception cref="DicomDataException">It is no such value.</exception>
    public static TTo Parse<TTo>(string text, DicomTag tag)
    {
        if (text is TTo same)
            return same;
        Type type = Nullable.GetUnderlyingType(typeof(TTo)) ?? typeof(TTo);
        try
        {
            ReadOnlySpan<char> trimmed = text.AsSpan().Trim(" \0");
            if (type == typeof(DicomUID))
                return (TTo)(object)DicomUID.Parse(text);
            if (type == typeof(DicomTransferSyntax))
                return (TTo)(object)DicomTransferSyntax.Parse(text);
            if (type.IsEnum)
                return (TTo)Enum.Parse(type, trimmed, ignoreCase: true);
            if (type == typeof(double))
                return (TTo)(object)double.Parse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture);
            if (type == typeof(float))
                return (TTo)(object)float.Parse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture);
            if (type == typeof(DateTime))
                return (TTo)(object)DicomDateFormats.Parse(trimmed);
            if (type.IsPrimitive || type == typeof(decimal))
            {
                decimal number = decimal.Parse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture);
                return (TTo)System.Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
            }
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException or InvalidCastException)
        {
            // The cause is left out: its message may quote the value.
            throw new DicomDataException($"A value of {tag} {tag.DictionaryEntry.Name} is no {typeof(TTo).Name}.");
        }

        throw new DicomDataException($"The values of {tag} {tag.DictionaryEntry.Name} cannot be had as {typeof(TTo).Name}.");
    }
}
