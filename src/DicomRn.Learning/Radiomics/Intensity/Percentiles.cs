namespace DicomRn.Learning.Radiomics.Intensity;

/// <summary>Percentiles by linear interpolation between ranks, as NumPy and most others take them.</summary>
internal static class Percentiles
{
    /// <param name="sorted">Ascending, not empty.</param>
    /// <param name="percent">0 to 100.</param>
    public static double Of(ReadOnlySpan<double> sorted, double percent)
    {
        double rank = percent / 100 * (sorted.Length - 1);
        int lower = (int)rank;
        double fraction = rank - lower;
        return fraction == 0 ? sorted[lower] : sorted[lower] + (sorted[lower + 1] - sorted[lower]) * fraction;
    }
}
