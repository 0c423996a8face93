using System.Globalization;

namespace DicomRn.Imaging;

/// <summary>
/// Values of VR DS straight from their bytes: fixed and exponent form, padded or not. It also serves where the data set has them as UN,
/// as happens to contours of more than 65,534 bytes.
/// </summary>
internal static class DecimalStrings
{
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
            if (!double.TryParse(one.Trim("\0 "u8), NumberStyles.Float, CultureInfo.InvariantCulture, out values[n])
                || !double.IsFinite(values[n]))
            {
                return [];
            }

            if (end >= 0)
                text = text[(end + 1)..];
        }

        return values;
    }
}
