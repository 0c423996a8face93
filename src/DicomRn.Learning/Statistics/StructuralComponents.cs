namespace DicomRn.Learning.Statistics;

/// <summary>
/// What each case adds to the area under a ROC curve (DeLong, DeLong and Clarke-Pearson 1988, V10 and V01), by the mid-ranks of Sun and
/// Xu (2014).
/// </summary>
/// <param name="Auc">The area.</param>
/// <param name="Positives">V10: of each positive case, the share of negatives below it, ties counting half.</param>
/// <param name="Negatives">V01: of each negative case, the share of positives above it, ties counting half.</param>
internal sealed record StructuralComponents(double Auc, double[] Positives, double[] Negatives)
{
    /// <exception cref="ArgumentException">Lengths differ, a score is not a number, or a class has fewer than two cases.</exception>
    public static StructuralComponents Of(IReadOnlyList<double> scores, IReadOnlyList<bool> positive)
    {
        if (scores.Count != positive.Count)
            throw new ArgumentException($"{scores.Count} scores for {positive.Count} labels.", nameof(positive));
        if (scores.Any(double.IsNaN))
            throw new ArgumentException("A score is not a number.", nameof(scores));
        double[] cases = [.. scores.Where((_, n) => positive[n])], controls = [.. scores.Where((_, n) => !positive[n])];
        int m = cases.Length, k = controls.Length;
        if (m < 2 || k < 2)
            throw new ArgumentException($"{m} positive and {k} negative cases; two of each at least.", nameof(positive));

        double[] all = MidRanks.Of([.. cases, .. controls]), ofCases = MidRanks.Of(cases), ofControls = MidRanks.Of(controls);
        return new StructuralComponents(
            (all.Take(m).Sum() - (m * (m + 1) / 2.0)) / ((double)m * k),
            [.. Enumerable.Range(0, m).Select(i => (all[i] - ofCases[i]) / k)],
            [.. Enumerable.Range(0, k).Select(j => 1 - ((all[m + j] - ofControls[j]) / m))]);
    }

    /// <summary>The covariance of two areas that the same cases gave; of one with itself its variance.</summary>
    public static double Covariance(StructuralComponents a, StructuralComponents b) =>
        (Covariance(a.Positives, b.Positives) / a.Positives.Length) + (Covariance(a.Negatives, b.Negatives) / a.Negatives.Length);

    private static double Covariance(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average();
        return a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum() / (a.Length - 1);
    }
}
