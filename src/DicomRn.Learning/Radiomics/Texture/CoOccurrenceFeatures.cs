namespace DicomRn.Learning.Radiomics.Texture;

/// <summary>The features of a co-occurrence matrix (IBSI 3.6.1 to 3.6.25), in the order of <see cref="Tags"/>.</summary>
internal static class CoOccurrenceFeatures
{
    /// <summary>The IBSI tags without <c>cm_</c> and aggregation.</summary>
    public static readonly string[] Tags =
    [
        "joint_max", "joint_avg", "joint_var", "joint_entr", "diff_avg", "diff_var", "diff_entr", "sum_avg", "sum_var", "sum_entr",
        "energy", "contrast", "dissimilarity", "inv_diff", "inv_diff_norm", "inv_diff_mom", "inv_diff_mom_norm", "inv_var", "corr",
        "auto_corr", "clust_tend", "clust_shade", "clust_prom", "info_corr1", "info_corr2",
    ];

    /// <summary>The values of a matrix that holds at least one pair.</summary>
    public static double[] Of(CoOccurrenceMatrix matrix)
    {
        int ng = matrix.LevelCount;
        double[] px = Marginal(matrix), difference = new double[ng], sum = new double[2 * ng + 1];
        int[] present = [.. Enumerable.Range(1, ng).Where(level => px[level - 1] > 0)];
        double mean = Mean(px);
        double max = 0, energy = 0, entropy = 0, autocorrelation = 0, covariance = 0, hxy1 = 0, hxy2 = 0;
        foreach (int i in present)
        {
            ReadOnlySpan<double> row = matrix.Row(i);
            foreach (int j in present)
            {
                double p = row[j - 1] / matrix.Total, independent = px[i - 1] * px[j - 1], log = Math.Log2(independent);
                hxy2 -= independent * log;
                if (p == 0)
                    continue;
                max = Math.Max(max, p);
                energy += p * p;
                entropy -= p * Math.Log2(p);
                hxy1 -= p * log;
                autocorrelation += p * i * j;
                covariance += p * (i - mean) * (j - mean);
                difference[Math.Abs(i - j)] += p;
                sum[i + j] += p;
            }
        }

        double variance = 0, hx = 0;
        foreach (int i in present)
        {
            variance += px[i - 1] * (i - mean) * (i - mean);
            hx -= px[i - 1] * Math.Log2(px[i - 1]);
        }

        DifferenceSums d = new(difference);
        (double sumMean, double sumVariance, double shade, double prominence) = SumMoments(sum);
        return
        [
            max, mean, variance, entropy, d.Mean, d.Variance, Entropy(difference), sumMean, sumVariance, Entropy(sum),
            energy, d.Contrast, d.Mean, d.InverseDifference, d.InverseDifferenceNormalised, d.InverseMoment, d.InverseMomentNormalised,
            d.InverseVariance, variance > 0 ? covariance / variance : 1,
            autocorrelation, sumVariance, shade, prominence,
            hx > 0 ? (entropy - hxy1) / hx : 0, hxy2 > entropy ? Math.Sqrt(1 - Math.Exp(-2 * (hxy2 - entropy))) : 0,
        ];
    }

    internal static double[] Marginal(CoOccurrenceMatrix matrix)
    {
        double[] px = new double[matrix.LevelCount];
        for (int level = 1; level <= px.Length; level++)
        {
            double count = 0;
            foreach (double c in matrix.Row(level))
                count += c;
            px[level - 1] = count / matrix.Total;
        }

        return px;
    }

    private static double Mean(double[] px)
    {
        double mean = 0;
        for (int n = 0; n < px.Length; n++)
            mean += px[n] * (n + 1);
        return mean;
    }

    private static double Entropy(double[] probabilities)
    {
        double entropy = 0;
        foreach (double p in probabilities)
            entropy -= p > 0 ? p * Math.Log2(p) : 0;
        return entropy;
    }

    private static (double Mean, double Variance, double Shade, double Prominence) SumMoments(double[] sum)
    {
        double mean = 0, second = 0, third = 0, fourth = 0;
        for (int k = 0; k < sum.Length; k++)
            mean += sum[k] * k;
        for (int k = 0; k < sum.Length; k++)
        {
            double x = k - mean, p = sum[k];
            second += p * x * x;
            third += p * x * x * x;
            fourth += p * x * x * x * x;
        }

        return (mean, second, third, fourth);
    }
}
