namespace DicomRn.Learning.Classification;

/// <summary>Leaves out features that others say already.</summary>
internal static class CorrelationFilter
{
    /// <summary>
    /// Indices of the features kept, those most correlated with the label first: each is kept unless its correlation with one kept before
    /// is larger than allowed.
    /// </summary>
    /// <param name="columns">One column of training values per feature.</param>
    /// <param name="label">The label as numbers.</param>
    /// <param name="largest">Largest absolute correlation between two kept features.</param>
    public static int[] Keep(IReadOnlyList<double[]> columns, IReadOnlyList<double> label, double largest)
    {
        List<int> kept = [];
        foreach (int candidate in Enumerable.Range(0, columns.Count).OrderByDescending(c => Math.Abs(Correlation.Of(columns[c], label))).ThenBy(c => c))
        {
            if (kept.TrueForAll(k => Math.Abs(Correlation.Of(columns[k], columns[candidate])) <= largest))
                kept.Add(candidate);
        }

        return [.. kept];
    }
}
