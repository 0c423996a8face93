using System.Runtime.CompilerServices;

namespace DicomRn.Learning.Phantoms;

/// <summary>Continuous random functions of a position: smooth value noise, and the cells of scattered points (Worley 1996).</summary>
internal static class NoiseField
{
    /// <summary>Smooth noise in [−1, 1] that varies over a distance of about 1.</summary>
    public static double Value(double x, double y, double z, uint seed)
    {
        int i = Floor(x), j = Floor(y), k = Floor(z);
        double u = Fade(x - i), v = Fade(y - j), w = Fade(z - k);
        double lower = Lerp(
            Lerp(Signed(i, j, k, seed), Signed(i + 1, j, k, seed), u),
            Lerp(Signed(i, j + 1, k, seed), Signed(i + 1, j + 1, k, seed), u), v);
        double upper = Lerp(
            Lerp(Signed(i, j, k + 1, seed), Signed(i + 1, j, k + 1, seed), u),
            Lerp(Signed(i, j + 1, k + 1, seed), Signed(i + 1, j + 1, k + 1, seed), u), v);
        return Lerp(lower, upper, w);
    }

    /// <summary>
    /// How much further the second nearest of scattered points is than the nearest: 0 on the walls between cells of
    /// size of about 1.
    /// </summary>
    public static double CellWall(double x, double y, double z, uint seed)
    {
        int i0 = Floor(x), j0 = Floor(y), k0 = Floor(z);
        double first = double.MaxValue, second = double.MaxValue;
        for (int k = k0 - 1; k <= k0 + 1; k++)
        {
            for (int j = j0 - 1; j <= j0 + 1; j++)
            {
                for (int i = i0 - 1; i <= i0 + 1; i++)
                {
                    uint h = Hash(i, j, k, seed);
                    double dx = i + (h & 0x3FF) / 1024.0 - x;
                    double dy = j + ((h >> 10) & 0x3FF) / 1024.0 - y;
                    double dz = k + (h >> 20 & 0x3FF) / 1024.0 - z;
                    double d = dx * dx + dy * dy + dz * dz;
                    if (d < first)
                        (first, second) = (d, first);
                    else if (d < second)
                        second = d;
                }
            }
        }

        return Math.Sqrt(second) - Math.Sqrt(first);
    }

    /// <summary>0 below <paramref name="low"/>, 1 above <paramref name="high"/>, smooth between.</summary>
    public static double Step(double low, double high, double x)
    {
        double t = Math.Clamp((x - low) / (high - low), 0, 1);
        return t * t * (3 - 2 * t);
    }

    public static double Lerp(double a, double b, double t) => a + (b - a) * t;

    internal static double Fade(double t) => t * t * (3 - 2 * t);

    internal static int Floor(double x)
    {
        int i = (int)x;
        return x < i ? i - 1 : i;
    }

    internal static double Signed(int i, int j, int k, uint seed) => Hash(i, j, k, seed) * (2.0 / uint.MaxValue) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(int i, int j, int k, uint seed)
    {
        uint h = (uint)i * 0x8DA6B343u ^ (uint)j * 0xD8163841u ^ (uint)k * 0xCB1AB31Fu ^ seed * 0x9E3779B1u;
        h ^= h >> 15;
        h *= 0x2C1B3C6Du;
        h ^= h >> 12;
        h *= 0x297A2D39u;
        return h ^ (h >> 15);
    }
}
