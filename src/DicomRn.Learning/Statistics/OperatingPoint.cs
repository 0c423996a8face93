namespace DicomRn.Learning.Statistics;

/// <summary>Sensitivity and specificity where scores at or above a threshold are called positive.</summary>
/// <param name="Threshold">The threshold; infinite where nothing is called positive.</param>
/// <param name="Sensitivity">Share of positives that are called positive.</param>
/// <param name="Specificity">Share of negatives that are not.</param>
public sealed record OperatingPoint(double Threshold, Proportion Sensitivity, Proportion Specificity)
{
    /// <summary>The point of a threshold.</summary>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static OperatingPoint At(double threshold, IReadOnlyList<double> scores, IReadOnlyList<bool> positive)
    {
        if (scores.Count != positive.Count)
            throw new ArgumentException($"{scores.Count} scores for {positive.Count} labels.", nameof(positive));
        int truePositives = 0, trueNegatives = 0, positives = 0;
        for (int n = 0; n < scores.Count; n++)
        {
            if (positive[n])
                positives++;
            if (positive[n] && scores[n] >= threshold)
                truePositives++;
            else if (!positive[n] && scores[n] < threshold)
                trueNegatives++;
        }

        return new OperatingPoint(
            threshold, Proportion.Wilson(truePositives, positives), Proportion.Wilson(trueNegatives, scores.Count - positives));
    }

    /// <summary>The highest sensitivity of a specificity that is at least as asked.</summary>
    public static OperatingPoint AtSpecificity(double specificity, IReadOnlyList<double> scores, IReadOnlyList<bool> positive) =>
        Points(scores, positive).Where(point => point.Specificity.Value >= specificity).MaxBy(point => point.Sensitivity.Value)!;

    /// <summary>The highest specificity of a sensitivity that is at least as asked.</summary>
    public static OperatingPoint AtSensitivity(double sensitivity, IReadOnlyList<double> scores, IReadOnlyList<bool> positive) =>
        Points(scores, positive).Where(point => point.Sensitivity.Value >= sensitivity).MaxBy(point => point.Specificity.Value)!;

    /// <summary>Positive and negative predictive value at a stated prevalence of positives (Bayes).</summary>
    /// <param name="prevalence">Share of positives, 0 to 1, where the test is used; that of a study is seldom it.</param>
    /// <returns>PPV and NPV; NaN where nothing is called so.</returns>
    public (double Positive, double Negative) PredictiveValues(double prevalence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prevalence);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prevalence, 1);
        double sensitivity = Sensitivity.Value, specificity = Specificity.Value;
        double calledPositive = (sensitivity * prevalence) + ((1 - specificity) * (1 - prevalence));
        double calledNegative = ((1 - sensitivity) * prevalence) + (specificity * (1 - prevalence));
        return (
            calledPositive > 0 ? sensitivity * prevalence / calledPositive : double.NaN,
            calledNegative > 0 ? specificity * (1 - prevalence) / calledNegative : double.NaN);
    }

    private static IEnumerable<OperatingPoint> Points(IReadOnlyList<double> scores, IReadOnlyList<bool> positive)
    {
        if (!positive.Contains(true) || !positive.Contains(false))
            throw new ArgumentException("One class has no case.", nameof(positive));
        return scores.Distinct().Append(double.PositiveInfinity).Select(threshold => At(threshold, scores, positive));
    }
}
