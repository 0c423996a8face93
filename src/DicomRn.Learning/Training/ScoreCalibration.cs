using DicomRn.Learning.Packs;
using DicomRn.Learning.Statistics;

namespace DicomRn.Learning.Training;

/// <summary>Temperature and decision thresholds from logits of cases that were not trained on.</summary>
internal static class ScoreCalibration
{
    /// <summary>The temperature with the least class-balanced log loss.</summary>
    public static Calibration Fit(IReadOnlyList<double> logits, IReadOnlyList<bool> progression) =>
        // The loss is convex in 1 / temperature.
        new(GoldenSection.MinimumOverLogarithm(temperature => Loss(logits, progression, temperature), 0.05, 20), 0.5, logits.Count);

    /// <summary>Class-conditional conformal thresholds on the calibrated probability of progression (Vovk 2012).</summary>
    public static DecisionRule Decide(IReadOnlyList<double> probabilities, IReadOnlyList<bool> progression, double errorRate)
    {
        double[] positives = [.. probabilities.Where((_, n) => progression[n]).Order()];
        double[] negatives = [.. probabilities.Where((_, n) => !progression[n]).OrderDescending()];
        // The rank with which at most the error rate of new cases of the class lies beyond; 0 where there are too few cases.
        double lower = Beyond(positives, errorRate) is { } p ? p : -1, upper = Beyond(negatives, errorRate) is { } q ? q : 2;
        return new DecisionRule(lower, upper, errorRate, negatives.Length, positives.Length);
    }

    private static double? Beyond(double[] extremeFirst, double errorRate)
    {
        int rank = (int)Math.Floor(errorRate * (extremeFirst.Length + 1));
        return rank == 0 ? null : extremeFirst[rank - 1];
    }

    private static double Loss(IReadOnlyList<double> logits, IReadOnlyList<bool> progression, double temperature)
    {
        double[] sum = [0, 0];
        int[] count = [0, 0];
        for (int n = 0; n < logits.Count; n++)
        {
            int label = progression[n] ? 1 : 0;
            double z = (progression[n] ? -logits[n] : logits[n]) / temperature;
            sum[label] += z > 30 ? z : Math.Log(1 + Math.Exp(z));
            count[label]++;
        }

        return sum[0] / Math.Max(1, count[0]) + sum[1] / Math.Max(1, count[1]);
    }
}
