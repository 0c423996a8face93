using MathNet.Numerics.Distributions;

namespace DicomRn.Learning.Statistics;

/// <summary>Two areas under ROC curves that the same cases gave, compared by the paired test of DeLong, DeLong and Clarke-Pearson (1988).</summary>
/// <param name="Difference">First area less the second.</param>
/// <param name="StandardError">Standard error of the difference.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end of its 95 % interval.</param>
/// <param name="P">Two-sided p-value of no difference; 1 where both scores order all cases alike.</param>
public sealed record RocComparison(double Difference, double StandardError, double Low, double High, double P)
{
    /// <summary>Compares two scores.</summary>
    /// <param name="first">Higher for positive.</param>
    /// <param name="second">Higher for positive, of the same cases in the same order.</param>
    /// <param name="positive">The truth, in the same order.</param>
    /// <exception cref="ArgumentException">Lengths differ, a score is not a number, or a class has fewer than two cases.</exception>
    public static RocComparison DeLong(IReadOnlyList<double> first, IReadOnlyList<double> second, IReadOnlyList<bool> positive)
    {
        StructuralComponents a = StructuralComponents.Of(first, positive), b = StructuralComponents.Of(second, positive);
        double difference = a.Auc - b.Auc;
        double variance = StructuralComponents.Covariance(a, a) + StructuralComponents.Covariance(b, b)
            - (2 * StructuralComponents.Covariance(a, b));
        // Scores that order the cases alike differ by rounding only.
        double error = Math.Sqrt(Math.Max(0, variance));
        double p = error < 1e-12 ? (Math.Abs(difference) < 1e-12 ? 1 : 0) : 2 * Normal.CDF(0, 1, -Math.Abs(difference) / error);
        double half = RocAuc.Normal975 * error;
        return new RocComparison(difference, error, difference - half, difference + half, p);
    }
}
