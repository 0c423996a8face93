namespace DicomRn.Learning.Radiomics.Intensity;

/// <summary>What the histogram of grey levels has beyond the statistics of its levels (IBSI 3.4.12, 3.4.18 to 3.4.22).</summary>
internal sealed class IntensityHistogram
{
    /// <param name="levels">The levels of the region's voxels, from 1.</param>
    /// <param name="levelCount">The highest level that the discretisation has.</param>
    public IntensityHistogram(ReadOnlySpan<int> levels, int levelCount)
    {
        double[] counts = new double[levelCount];
        foreach (int level in levels)
            counts[level - 1]++;
        Mode = Array.IndexOf(counts, counts.Max()) + 1;
        foreach (double c in counts)
        {
            double p = c / levels.Length;
            Entropy -= p > 0 ? p * Math.Log2(p) : 0;
            Uniformity += p * p;
        }

        double[] gradient = Gradient(counts);
        (MaximumGradient, MinimumGradient) = (gradient.Max(), gradient.Min());
        MaximumGradientLevel = Array.IndexOf(gradient, MaximumGradient) + 1;
        MinimumGradientLevel = Array.IndexOf(gradient, MinimumGradient) + 1;
    }

    /// <summary>The most frequent level; the lowest of several.</summary>
    public int Mode { get; }

    /// <summary>Bits.</summary>
    public double Entropy { get; }

    public double Uniformity { get; }

    public double MaximumGradient { get; }

    public int MaximumGradientLevel { get; }

    public double MinimumGradient { get; }

    public int MinimumGradientLevel { get; }

    // Central differences, one-sided at both ends.
    private static double[] Gradient(double[] counts)
    {
        int last = counts.Length - 1;
        if (last == 0)
            return [0];
        double[] gradient = new double[counts.Length];
        for (int n = 0; n <= last; n++)
            gradient[n] = n == 0 ? counts[1] - counts[0] : n == last ? counts[n] - counts[n - 1] : (counts[n + 1] - counts[n - 1]) / 2;
        return gradient;
    }
}
