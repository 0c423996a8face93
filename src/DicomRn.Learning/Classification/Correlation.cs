namespace DicomRn.Learning.Classification;

/// <summary>Pearson's correlation, and Spearman's.</summary>
internal static class Correlation
{
    /// <summary>0 where one of the two does not vary.</summary>
    public static double Of(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        double meanA = a.Average(), meanB = b.Average(), ab = 0, aa = 0, bb = 0;
        for (int n = 0; n < a.Count; n++)
        {
            double x = a[n] - meanA, y = b[n] - meanB;
            ab += x * y;
            aa += x * x;
            bb += y * y;
        }

        return aa > 0 && bb > 0 ? ab / Math.Sqrt(aa * bb) : 0;
    }

    /// <summary>Spearman's: the correlation of the ranks, equal values sharing the mean of theirs.</summary>
    public static double OfRanks(IReadOnlyList<double> a, IReadOnlyList<double> b) => Of(Ranks(a), Ranks(b));

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(n => values[n])];
        double[] ranks = new double[order.Length];
        for (int first = 0, after; first < order.Length; first = after)
        {
            for (after = first + 1; after < order.Length && values[order[after]] == values[order[first]]; after++)
            {
            }

            foreach (int n in order.AsSpan(first, after - first))
                ranks[n] = (first + after - 1) / 2.0;
        }

        return ranks;
    }
}
