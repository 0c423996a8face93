namespace DicomRn.Learning.Classification;

/// <summary>
/// Minimum redundancy, maximum relevance (Peng, Long and Ding 2005) with the mutual information of normal variables, -ln(1 - r²) / 2.
/// </summary>
internal static class MinimalRedundancy
{
    /// <summary>Indices of the chosen features, in the order of choice.</summary>
    public static int[] Choose(IReadOnlyList<double[]> columns, IReadOnlyList<double> label, int most)
    {
        double[] relevance = [.. columns.Select(c => Information(c, label))], redundancy = new double[columns.Count];
        List<int> chosen = [], left = [.. Enumerable.Range(0, columns.Count)];
        while (chosen.Count < most && left.Count > 0)
        {
            int next = left.OrderByDescending(c => relevance[c] - (chosen.Count == 0 ? 0 : redundancy[c] / chosen.Count)).ThenBy(c => c).First();
            chosen.Add(next);
            left.Remove(next);
            foreach (int c in left)
                redundancy[c] += Information(columns[c], columns[next]);
        }

        return [.. chosen];
    }

    private static double Information(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        double r = Correlation.Of(a, b);
        return -0.5 * Math.Log(Math.Max(1e-12, 1 - (r * r)));
    }
}
