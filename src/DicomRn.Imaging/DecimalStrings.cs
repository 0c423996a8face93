using System.Globalization;

namespace DicomRn.Imaging;

/// <summary>
/// Values of VR DS straight from their bytes: fixed and exponent form, padded or not. It also serves where the data set has them as UN,
/// as happens to contours of more than 65,534 bytes.
/// </summary>
internal static class DecimalStrings
{
    private const int LongestShort = 15;

    private static readonly double[] Powers = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>All values; empty if any is malformed or not finite.</summary>
    public static double[] Parse(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd("\0 "u8);
        if (text.IsEmpty)
            return [];
        double[] values = new double[text.Count((byte)'\\') + 1];
        for (int n = 0; n < values.Length; n++)
        {
            int end = text.IndexOf((byte)'\\');
            ReadOnlySpan<byte> one = end < 0 ? text : text[..end];
            one = one.Trim("\0 "u8);
            if (!TryParseShort(one, out values[n])
                && !(double.TryParse(one, NumberStyles.Float, CultureInfo.InvariantCulture, out values[n]) && double.IsFinite(values[n])))
            {
                return [];
            }

            if (end >= 0)
                text = text[(end + 1)..];
        }

        return values;
    }

    // Digits that a double holds exactly over a power of ten that it holds exactly: the quotient is the nearest double, as TryParse gives it.
    private static bool TryParseShort(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        long digits = 0;
        int count = 0, decimals = -1;
        bool negative = text.Length > 0 && text[0] == '-';
        foreach (byte c in negative ? text[1..] : text)
        {
            if (c is >= (byte)'0' and <= (byte)'9')
            {
                digits = digits * 10 + (c - '0');
                count++;
                decimals += decimals >= 0 ? 1 : 0;
            }
            else if (c == '.' && decimals < 0)
            {
                decimals = 0;
            }
            else
            {
                return false;
            }
        }

        if (count is 0 or > LongestShort)
            return false;
        value = digits / Powers[Math.Max(decimals, 0)];
        if (negative)
            value = -value;
        return true;
    }
}
