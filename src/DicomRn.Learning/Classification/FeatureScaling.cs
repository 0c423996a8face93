namespace DicomRn.Learning.Classification;

/// <summary>Features brought to mean 0 and standard deviation 1 by the training cases; one without spread becomes 0.</summary>
internal sealed record FeatureScaling(double[] Means, double[] Deviations)
{
    public static FeatureScaling Fit(IReadOnlyList<double[]> features)
    {
        int size = features[0].Length;
        double[] means = new double[size], deviations = new double[size];
        for (int c = 0; c < size; c++)
        {
            means[c] = features.Average(f => f[c]);
            deviations[c] = Math.Sqrt(features.Sum(f => (f[c] - means[c]) * (f[c] - means[c])) / Math.Max(1, features.Count - 1));
        }

        return new FeatureScaling(means, deviations);
    }

    public double[] Apply(IReadOnlyList<double> features) =>
        [.. features.Select((v, c) => Deviations[c] > 1e-12 * (1 + Math.Abs(Means[c])) ? (v - Means[c]) / Deviations[c] : 0)];
}
