namespace DicomRn.Learning.Statistics;

/// <summary>A proportion with the 95 % score interval of Wilson (1927), which holds for small numbers and for 0 and 1.</summary>
/// <param name="Value">Share; NaN of none.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Count">Numerator.</param>
/// <param name="Of">Denominator.</param>
public sealed record Proportion(double Value, double Low, double High, int Count, int Of)
{
    /// <summary>The proportion of <paramref name="count"/> in <paramref name="of"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative or more than <paramref name="of"/>.</exception>
    public static Proportion Wilson(int count, int of)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, of);
        if (of == 0)
            return new Proportion(double.NaN, 0, 1, 0, 0);
        double z = RocAuc.Normal975, p = (double)count / of, z2 = z * z;
        double centre = p + (z2 / (2 * of)), half = z * Math.Sqrt(((p * (1 - p)) + (z2 / (4.0 * of))) / of), scale = 1 + (z2 / of);
        return new Proportion(p, Math.Max(0, (centre - half) / scale), Math.Min(1, (centre + half) / scale), count, of);
    }
}
