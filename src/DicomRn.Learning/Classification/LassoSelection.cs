namespace DicomRn.Learning.Classification;

/// <summary>Chooses features by a LASSO whose penalty has the least loss in an inner cross-validation.</summary>
internal static class LassoSelection
{
    private const int Penalties = 30;
    private const double SmallestShare = 0.01;

    /// <summary>Indices of the features with a coefficient, the largest first; the most relevant one where there is none.</summary>
    /// <param name="rows">Scaled features of the training cases.</param>
    /// <param name="positive">The truth.</param>
    /// <param name="folds">The inner fold of each training case.</param>
    /// <param name="most">The most features chosen.</param>
    public static int[] Choose(IReadOnlyList<double[]> rows, IReadOnlyList<bool> positive, IReadOnlyList<int> folds, int most)
    {
        LassoPath whole = new(rows, positive);
        double[] penalties = whole.Penalties(Penalties, SmallestShare), losses = new double[Penalties];
        foreach (int fold in folds.Distinct().Order())
        {
            int[] seen = [.. Enumerable.Range(0, rows.Count).Where(n => folds[n] != fold)];
            int[] left = [.. Enumerable.Range(0, rows.Count).Where(n => folds[n] == fold)];
            LassoPath path = new([.. seen.Select(n => rows[n])], [.. seen.Select(n => positive[n])]);
            for (int k = 0; k < Penalties; k++)
            {
                LogisticRegression fitted = path.Fit(penalties[k]);
                losses[k] += BalancedLoss(fitted, [.. left.Select(n => rows[n])], [.. left.Select(n => positive[n])]);
            }
        }

        int best = Enumerable.Range(0, Penalties).MinBy(k => losses[k]);
        LogisticRegression chosen = new(0, []);
        for (int k = 0; k <= Math.Max(1, best); k++)
            chosen = whole.Fit(penalties[k]);
        return
        [
            .. Enumerable.Range(0, chosen.Coefficients.Count).Where(c => chosen.Coefficients[c] != 0)
                .OrderByDescending(c => Math.Abs(chosen.Coefficients[c])).Take(most),
        ];
    }

    private static double BalancedLoss(LogisticRegression fitted, double[][] rows, bool[] positive)
    {
        int positives = positive.Count(p => p), negatives = positive.Length - positives;
        return rows.Select((r, n) =>
        {
            double z = fitted.Logit(r) * (positive[n] ? -1 : 1), loss = z > 0 ? z + Math.Log(1 + Math.Exp(-z)) : Math.Log(1 + Math.Exp(z));
            return loss / Math.Max(1, positive[n] ? positives : negatives);
        }).Sum();
    }
}
