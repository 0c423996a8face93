using DicomRn.Learning.Statistics;

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
    public static double OfRanks(IReadOnlyList<double> a, IReadOnlyList<double> b) => Of(MidRanks.Of(a), MidRanks.Of(b));
}
