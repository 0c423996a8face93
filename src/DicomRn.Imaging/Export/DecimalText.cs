using System.Globalization;

namespace DicomRn.Imaging.Export;

/// <summary>Numbers as decimal strings: the most digits that fit into the 16 characters of VR DS.</summary>
internal static class DecimalText
{
    private const int Longest = 16;

    public static string Of(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        for (int digits = 15; text.Length > Longest; digits--)
            text = value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    public static string[] Of(params double[] values) => Array.ConvertAll(values, Of);
}
