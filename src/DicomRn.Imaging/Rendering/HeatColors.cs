namespace DicomRn.Imaging.Rendering;

/// <summary>
/// A colour scale for maps laid over grey images: lightness grows evenly from dark violet over red and orange to pale yellow,
/// so that it also reads in grey print and with any colour vision. Made in OKLCh (B. Ottosson, 2020).
/// </summary>
public static class HeatColors
{
    private static readonly RgbColor[] Table = [.. Enumerable.Range(0, 256).Select(n => Make(n / 255.0))];

    /// <summary>The colour of a value from 0 to 1; values outside are clamped.</summary>
    public static RgbColor At(double value) => Table[(int)Math.Round(Math.Clamp(value, 0, 1) * 255)];

    private static RgbColor Make(double t)
    {
        double lightness = 0.28 + 0.67 * t;
        double hue = (-65 + 170 * t) * Math.PI / 180;
        // Chroma is lowered only as far as the sRGB gamut asks.
        for (double chroma = 0.2; ; chroma -= 0.002)
        {
            (double r, double g, double b) = ToLinear(lightness, chroma * Math.Cos(hue), chroma * Math.Sin(hue));
            if (chroma <= 0 || (Math.Min(r, Math.Min(g, b)) >= 0 && Math.Max(r, Math.Max(g, b)) <= 1))
                return new RgbColor(Encode(r), Encode(g), Encode(b));
        }
    }

    private static (double R, double G, double B) ToLinear(double l, double a, double b)
    {
        double x = Cube(l + 0.3963377774 * a + 0.2158037573 * b);
        double y = Cube(l - 0.1055613458 * a - 0.0638541728 * b);
        double z = Cube(l - 0.0894841775 * a - 1.2914855480 * b);
        return (
            4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
            -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
            -0.0041960863 * x - 0.7034186147 * y + 1.7076147010 * z);
    }

    private static double Cube(double v) => v * v * v;

    private static byte Encode(double linear)
    {
        double c = Math.Clamp(linear, 0, 1);
        return (byte)Math.Round(255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * Math.Pow(c, 1 / 2.4) - 0.055));
    }
}
