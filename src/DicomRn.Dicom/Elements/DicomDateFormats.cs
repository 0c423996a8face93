using System.Globalization;

namespace DicomRn.Dicom;

/// <summary>The formats of DA, TM and DT (PS3.5 6.2), and the older ones that are still met.</summary>
internal static class DicomDateFormats
{
    private static readonly string[] Formats =
    [
        "yyyyMMdd", "yyyy.MM.dd", "yyyy/MM/dd", "yyyyMM", "yyyy",
    ];

    /// <summary>A date.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DateTime ParseDate(ReadOnlySpan<char> text) =>
        DateTime.ParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None);

    /// <summary>A time of day, on the first day there is.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DateTime ParseTime(ReadOnlySpan<char> text)
    {
        Span<char> digits = stackalloc char[24];
        int n = 0;
        foreach (char c in text)
        {
            if (c == ':')
                continue;
            if (n == digits.Length)
                throw new FormatException("too long for a time");
            digits[n++] = c;
        }

        ReadOnlySpan<char> compact = digits[..n];
        int dot = compact.IndexOf('.');
        ReadOnlySpan<char> whole = dot < 0 ? compact : compact[..dot];
        if (whole.Length is not (2 or 4 or 6))
            throw new FormatException("no time");
        int hours = Number(whole[..2]), minutes = whole.Length > 2 ? Number(whole[2..4]) : 0;
        int seconds = whole.Length > 4 ? Math.Min(Number(whole[4..6]), 59) : 0;
        if (hours > 23 || minutes > 59)
            throw new FormatException("no time");
        long ticks = 0;
        if (dot >= 0 && compact.Length > dot + 1)
        {
            ReadOnlySpan<char> fraction = compact[(dot + 1)..];
            ticks = Number(fraction[..Math.Min(fraction.Length, 7)]);
            for (int i = fraction.Length; i < 7; i++)
                ticks *= 10;
        }

        return new DateTime(1, 1, 1, hours, minutes, seconds, DateTimeKind.Unspecified).AddTicks(ticks);
    }

    /// <summary>A date and time; an offset from UTC at its end is left out.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DateTime ParseDateTime(ReadOnlySpan<char> text)
    {
        int sign = text.IndexOfAny('+', '-');
        ReadOnlySpan<char> local = sign < 0 ? text : text[..sign];
        DateTime date = ParseDate(local[..Math.Min(8, local.Length)]);
        return local.Length > 8 ? date + ParseTime(local[8..]).TimeOfDay : date;
    }

    /// <summary>Whatever of a date, time or both the text is.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DateTime Parse(ReadOnlySpan<char> text) =>
        text.Length is 8 or 10 ? ParseDate(text) : text.Length > 10 && !text.Contains('.') ? ParseDateTime(text)
        : text.IndexOf('.') is > 0 and <= 6 || text.Length <= 6 ? ParseTime(text) : ParseDateTime(text);

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
