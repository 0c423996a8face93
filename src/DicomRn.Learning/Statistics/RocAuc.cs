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
    /// <summary>The 97.5 % quantile of the normal distribution: the half width of a 95 % interval in standard errors.</summary>
    internal const double Normal975 = 1.959963984540054;

    /// <summary>Computes the area of scores against labels.</summary>
    /// <param name="scores">Higher for positive.</param>
    /// <param name="positive">The truth, in the same order.</param>
    /// <exception cref="ArgumentException">Lengths differ, a score is not a number, or a class has fewer than two cases.</exception>
    public static RocAuc DeLong(IReadOnlyList<double> scores, IReadOnlyList<bool> positive)
    {
        StructuralComponents components = StructuralComponents.Of(scores, positive);
        double error = Math.Sqrt(StructuralComponents.Covariance(components, components));
        return new RocAuc(
            components.Auc,
            error,
            Math.Max(0, components.Auc - (Normal975 * error)),
            Math.Min(1, components.Auc + (Normal975 * error)),
            components.Positives.Length,
            components.Negatives.Length);
    }
}
