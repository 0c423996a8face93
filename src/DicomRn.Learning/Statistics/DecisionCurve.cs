namespace DicomRn.Learning.Statistics;

/// <summary>Net benefit of deciding by a probability, beside treating all and none (Vickers and Elkin 2006).</summary>
/// <param name="Threshold">Probability from which one would treat: it states what a false positive weighs against a true one.</param>
/// <param name="Model">Net benefit of treating those at or above the threshold, in true positives per case.</param>
/// <param name="TreatAll">Net benefit of treating everybody; that of nobody is 0.</param>
public sealed record DecisionCurve(double Threshold, double Model, double TreatAll)
{
    /// <summary>The curve at thresholds.</summary>
    /// <param name="thresholds">Above 0 and below 1.</param>
    /// <param name="probabilities">Of being positive.</param>
    /// <param name="positive">The truth, in the same order.</param>
    /// <exception cref="ArgumentException">Lengths differ, there is no case, or a threshold is out of range.</exception>
    public static IReadOnlyList<DecisionCurve> Of(
        IReadOnlyList<double> thresholds, IReadOnlyList<double> probabilities, IReadOnlyList<bool> positive)
    {
        if (probabilities.Count != positive.Count || positive.Count == 0)
            throw new ArgumentException($"{probabilities.Count} probabilities for {positive.Count} labels.", nameof(positive));
        if (thresholds.Any(t => t is not (> 0 and < 1)))
            throw new ArgumentException("A threshold is not between 0 and 1.", nameof(thresholds));
        double n = positive.Count, prevalence = positive.Count(p => p) / n;
        return
        [
            .. thresholds.Select(t =>
            {
                double odds = t / (1 - t);
                int truePositives = Enumerable.Range(0, positive.Count).Count(i => positive[i] && probabilities[i] >= t);
                int falsePositives = Enumerable.Range(0, positive.Count).Count(i => !positive[i] && probabilities[i] >= t);
                return new DecisionCurve(t, (truePositives / n) - (falsePositives / n * odds), prevalence - ((1 - prevalence) * odds));
            }),
        ];
    }
}
