using System.Buffers;
using System.Globalization;
using System.Text;

namespace DicomRn.Dicom;

/// <summary>What text values of each VR may look like (PS3.5 6.2).</summary>
internal static class ValueRules
{
    private static readonly SearchValues<char> CodeCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _");

    // RFC 3986: unreserved, reserved and the percent sign.
    private static readonly SearchValues<char> ResourceCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%");

    /// <summary>Checks the values of an element; an empty one is always allowed.</summary>
    /// <exception cref="DicomValidationException">
    /// One breaks the rule of its VR. The message names the element, which value it is, its length and the rule, never the value.
    /// </exception>
    public static void Check(DicomElement element, params ReadOnlySpan<string> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            string value = values[i];
            DicomVR vr = element.ValueRepresentation;
            if (value.Length == 0 || Fault(vr, value) is not { } fault)
                continue;
            throw new DicomValidationException(
                value,
                vr,
                $"{element.Tag} {element.Tag.DictionaryEntry.Name} ({vr.Code}): value {i + 1} of {values.Length}, {Characters(value)} characters, {fault}.");
        }
    }

    private static string? Fault(DicomVR vr, string value)
    {
        // A range of dates or times, as in a query, is longer than one value.
        if (vr.MaximumLength > 0 && vr.Code is not ("PN" or "DA" or "TM" or "DT") && Characters(value) > vr.MaximumLength)
            return $"is longer than {vr.MaximumLength} characters";
        if (!vr.IsStringEncoded && !Ascii.IsValid(value))
            return "has characters outside the default repertoire";
        return vr.Code switch
        {
            "PN" => NameFault(value),
            "AE" => Controls(value, "") ? "has control characters" : value.AsSpan().Trim(' ').IsEmpty ? "is only spaces" : null,
            "AS" => IsAge(value) ? null : "is no age such as 018M",
            "CS" => value.AsSpan().ContainsAnyExcept(CodeCharacters) ? "has characters other than capitals, digits, space and underscore" : null,
            "DA" => IsRange(value, IsDate) ? null : "is no date (YYYYMMDD)",
            "TM" => IsRange(value, IsTime) ? null : "is no time (HHMMSS.FFFFFF)",
            "DT" => IsRange(value, IsDateTime) ? null : "is no date and time (YYYYMMDDHHMMSS.FFFFFF&ZZXX)",
            "DS" => IsDecimal(value) ? null : "is no decimal number",
            "IS" => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
                ? null : "is no integer of 32 bits",
            "UI" => DicomUID.IsValidUid(value) ? null : "is no valid UID",
            "UR" => value.AsSpan().TrimEnd(' ').ContainsAnyExcept(ResourceCharacters) ? "has characters that no URI has" : null,
            "LO" or "SH" or "UC" => Controls(value, "\u001b") ? "has control characters" : null,
            "LT" or "ST" or "UT" => Controls(value, "\t\n\f\r\u001b") ? "has control characters other than TAB, LF, FF, CR and ESC" : null,
            _ => null,
        };
    }

    private static string? NameFault(string value)
    {
        string[] groups = value.Split('=');
        if (groups.Length > 3)
            return "has more than three component groups";
        foreach (string group in groups)
        {
            if (Characters(group) > 64)
                return "has a component group longer than 64 characters";
            if (group.AsSpan().Count('^') > 4)
                return "has more than five components";
        }

        return Controls(value, "\u001b") ? "has control characters" : null;
    }

    // Characters of the standard are code points: two UTF-16 units may be one.
    private static int Characters(string value)
    {
        int count = value.Length;
        foreach (char c in value)
        {
            if (char.IsLowSurrogate(c))
                count--;
        }

        return count;
    }

    private static bool Controls(string value, ReadOnlySpan<char> allowed)
    {
        foreach (char c in value)
        {
            if (char.IsControl(c) && !allowed.Contains(c))
                return true;
        }

        return false;
    }

    private static bool IsAge(string value) =>
        value.Length == 4 && char.IsAsciiDigit(value[0]) && char.IsAsciiDigit(value[1]) && char.IsAsciiDigit(value[2])
        && value[3] is 'D' or 'W' or 'M' or 'Y';

    private static bool IsDecimal(string value)
    {
        foreach (char c in value)
        {
            if (!char.IsAsciiDigit(c) && c is not ('+' or '-' or '.' or 'e' or 'E'))
                return false;
        }

        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }

    // In a query a range has a hyphen; in DT a hyphen may also begin the offset.
    private static bool IsRange(string value, Func<string, bool> isValue)
    {
        if (isValue(value))
            return true;
        for (int i = value.IndexOf('-', StringComparison.Ordinal); i >= 0; i = value.IndexOf('-', i + 1))
        {
            string from = value[..i], to = value[(i + 1)..];
            if ((from.Length > 0 || to.Length > 0) && (from.Length == 0 || isValue(from)) && (to.Length == 0 || isValue(to)))
                return true;
        }

        return false;
    }

    private static bool IsDate(string value) =>
        value.Length == 8 && DateTime.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsTime(string value)
    {
        int dot = value.IndexOf('.', StringComparison.Ordinal);
        string whole = dot < 0 ? value : value[..dot];
        string fraction = dot < 0 ? "0" : value[(dot + 1)..];
        if (whole.Length is not (2 or 4 or 6) || !Digits(whole) || fraction.Length is 0 or > 6 || !Digits(fraction))
            return false;
        return (dot < 0 || whole.Length == 6)
            && string.CompareOrdinal(whole[..2], "23") <= 0
            && (whole.Length < 4 || string.CompareOrdinal(whole[2..4], "59") <= 0)
            && (whole.Length < 6 || string.CompareOrdinal(whole[4..6], "60") <= 0);
    }

    private static bool IsDateTime(string value)
    {
        int sign = value.AsSpan().IndexOfAny('+', '-');
        string local = sign < 0 ? value : value[..sign];
        if (sign >= 0 && (value.Length - sign != 5 || !Digits(value[(sign + 1)..])))
            return false;
        return local.Length switch
        {
            4 or 6 => Digits(local) && IsDate((local + "0101")[..8]),
            8 => IsDate(local),
            > 8 => IsDate(local[..8]) && IsTime(local[8..]),
            _ => false,
        };
    }

    private static bool Digits(string value) => value.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
}
