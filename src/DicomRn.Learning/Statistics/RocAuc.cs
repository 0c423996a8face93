namespace DicomRn.Learning.Statistics;

/// <summary>
/// The area under the ROC curve with the standard error of DeLong, DeLong and Clarke-Pearson (1988), by the mid-ranks of Sun
/// and Xu (2014), and a 95 % interval (normal, cut to [0, 1]).
/// </summary>
/// <param name="Auc">Area: probability that a positive scores above a negative, ties counting half.</param>
/// <param name="StandardError">Standard error of the area.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end of the 95 % interval.</param>
/// <param name="Positives">Number of positive cases.</param>
/// <param name="Negatives">Number of negative cases.</param>
public sealed record RocAuc(double Auc, double StandardError, double Low, double High, int Positives, int Negatives)
{
    private const double Normal975 = 1.959963984540054;

    /// <summary>Computes the area of scores against labels.</summary>
    /// <param name="scores">Higher for positive.</param>
    /// <param name="positive">The truth, in the same order.</param>
    /// <exception cref="ArgumentException">Lengths differ, a score is not a number, or a class has fewer than two cases.</exception>
    public static RocAuc DeLong(IReadOnlyList<double> scores, IReadOnlyList<bool> positive)
    {
        if (scores.Count != positive.Count)
            throw new ArgumentException($"{scores.Count} scores for {positive.Count} labels.", nameof(positive));
        if (scores.Any(double.IsNaN))
            throw new ArgumentException("A score is not a number.", nameof(scores));
        double[] cases = [.. scores.Where((_, n) => positive[n])], controls = [.. scores.Where((_, n) => !positive[n])];
        int m = cases.Length, k = controls.Length;
        if (m < 2 || k < 2)
            throw new ArgumentException($"{m} positive and {k} negative cases; two of each at least.", nameof(positive));

        double[] all = MidRanks([.. cases, .. controls]), ofCases = MidRanks(cases), ofControls = MidRanks(controls);
        double auc = (all.Take(m).Sum() - m * (m + 1) / 2.0) / ((double)m * k);
        double[] v10 = [.. Enumerable.Range(0, m).Select(i => (all[i] - ofCases[i]) / k)];
        double[] v01 = [.. Enumerable.Range(0, k).Select(j => 1 - (all[m + j] - ofControls[j]) / m)];
        double error = Math.Sqrt(Variance(v10) / m + Variance(v01) / k);
        return new RocAuc(
            auc, error, Math.Max(0, auc - Normal975 * error), Math.Min(1, auc + Normal975 * error), m, k);
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
    }

    private static double[] MidRanks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(n => values[n])];
        double[] ranks = new double[values.Length];
        for (int first = 0; first < order.Length;)
        {
            int last = first;
            while (last + 1 < order.Length && values[order[last + 1]] == values[order[first]])
                last++;
            for (int n = first; n <= last; n++)
                ranks[order[n]] = (first + last) / 2.0 + 1;
            first = last + 1;
        }

        return ranks;
    }
}
