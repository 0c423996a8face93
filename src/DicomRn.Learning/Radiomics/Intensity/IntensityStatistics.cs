namespace DicomRn.Learning.Radiomics.Intensity;

/// <summary>The distribution of intensities or grey levels in a region (IBSI 3.3, UHIW; 3.4, ZVCW).</summary>
internal sealed class IntensityStatistics
{
    private const double Decile = 10;

    /// <param name="values">At least one, in any order.</param>
    public IntensityStatistics(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        int n = sorted.Length;
        (Minimum, Maximum, Median) = (sorted[0], sorted[^1], Percentiles.Of(sorted, 50));
        (Percentile10, Percentile90) = (Percentiles.Of(sorted, Decile), Percentiles.Of(sorted, 100 - Decile));
        (Quartile1, Quartile3) = (Percentiles.Of(sorted, 25), Percentiles.Of(sorted, 75));
        foreach (double v in sorted)
        {
            Mean += v;
            Energy += v * v;
        }

        Mean /= n;
        double third = 0, fourth = 0;
        foreach (double v in sorted)
        {
            double d = v - Mean, d2 = d * d;
            Variance += d2;
            third += d2 * d;
            fourth += d2 * d2;
            MeanAbsoluteDeviation += Math.Abs(d);
            MedianAbsoluteDeviation += Math.Abs(v - Median);
        }

        Variance /= n;
        MeanAbsoluteDeviation /= n;
        MedianAbsoluteDeviation /= n;
        Skewness = Variance > 0 ? third / n / Math.Pow(Variance, 1.5) : 0;
        Kurtosis = Variance > 0 ? fourth / n / (Variance * Variance) : 0;
        RobustMeanAbsoluteDeviation = Robust(sorted);
        RootMeanSquare = Math.Sqrt(Energy / n);
    }

    public double Mean { get; }

    /// <summary>Population variance.</summary>
    public double Variance { get; }

    public double Skewness { get; }

    /// <summary>Not reduced by 3.</summary>
    public double Kurtosis { get; }

    public double Median { get; }

    public double Minimum { get; }

    public double Maximum { get; }

    public double Percentile10 { get; }

    public double Percentile90 { get; }

    public double Quartile1 { get; }

    public double Quartile3 { get; }

    public double InterquartileRange => Quartile3 - Quartile1;

    public double Range => Maximum - Minimum;

    public double MeanAbsoluteDeviation { get; }

    /// <summary>Mean absolute deviation of the values from the 10th to the 90th percentile.</summary>
    public double RobustMeanAbsoluteDeviation { get; }

    public double MedianAbsoluteDeviation { get; }

    public double CoefficientOfVariation => Math.Sqrt(Variance) / Mean;

    public double QuartileCoefficientOfDispersion => (Quartile3 - Quartile1) / (Quartile3 + Quartile1);

    public double Energy { get; }

    public double RootMeanSquare { get; }

    private double Robust(double[] sorted)
    {
        double sum = 0, deviation = 0;
        int count = 0;
        foreach (double v in sorted)
        {
            if (v < Percentile10 || v > Percentile90)
                continue;
            sum += v;
            count++;
        }

        foreach (double v in sorted)
        {
            if (v >= Percentile10 && v <= Percentile90)
                deviation += Math.Abs(v - sum / count);
        }

        return deviation / count;
    }
}
