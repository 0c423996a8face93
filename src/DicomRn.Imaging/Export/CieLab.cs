namespace DicomRn.Imaging.Export;

/// <summary>sRGB colours as the 16 bit CIELab values of the standard (PS3.3 C.10.7.1.1: white point D50, a and b from −128).</summary>
internal static class CieLab
{
    public static ushort[] Of(RgbColor color)
    {
        double r = Linear(color.R), g = Linear(color.G), b = Linear(color.B);

        // sRGB to XYZ relative to D50 (IEC 61966-2-1 with the Bradford adaptation), divided by the white point.
        double x = Curve((0.4360747 * r + 0.3850649 * g + 0.1430804 * b) / 0.96422);
        double y = Curve(0.2225045 * r + 0.7168786 * g + 0.0606169 * b);
        double z = Curve((0.0139322 * r + 0.0971045 * g + 0.7141733 * b) / 0.82521);
        return [Encode((116 * y - 16) / 100), Encode((500 * (x - y) + 128) / 255), Encode((200 * (y - z) + 128) / 255)];
    }

    private static double Linear(byte value)
    {
        double c = value / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }

    private static double Curve(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : (24389.0 / 27 * t + 16) / 116;

    private static ushort Encode(double fraction) => (ushort)Math.Round(Math.Clamp(fraction, 0, 1) * 65535);
}
