namespace DicomRn.Learning.Statistics;

/// <summary>The minimum of a function that has one.</summary>
internal static class GoldenSection
{
    private const int Steps = 100;
    private static readonly double Ratio = (Math.Sqrt(5) - 1) / 2;

    /// <summary>Where a function of a positive number is least, by golden-section search over the number's logarithm.</summary>
    /// <param name="function">Falls, then rises.</param>
    /// <param name="least">The smallest number tried.</param>
    /// <param name="most">The largest number tried.</param>
    public static double MinimumOverLogarithm(Func<double, double> function, double least, double most)
    {
        double low = Math.Log(least), high = Math.Log(most);
        for (int n = 0; n < Steps; n++)
        {
            double a = high - Ratio * (high - low), b = low + Ratio * (high - low);
            if (function(Math.Exp(a)) < function(Math.Exp(b)))
                high = b;
            else
                low = a;
        }

        return Math.Exp((low + high) / 2);
    }
}
