using DicomRn.Learning.Classification;
using DicomRn.Learning.Statistics;

namespace DicomRn.Learning.Finetuning;

/// <summary>From logits to probabilities: sigmoid(slope × logit + intercept).</summary>
/// <param name="Slope">One over the temperature.</param>
/// <param name="Intercept">The log odds of progression where the logit is 0.</param>
/// <param name="Cases">Number of cases it was fitted on.</param>
public sealed record LogitCalibration(double Slope, double Intercept, int Cases)
{
    // Enough to have a slope where logits separate the classes.
    private const double PlattRidge = 1e-4;

    /// <summary>The calibrated probability of progression.</summary>
    public double Probability(double logit) => 1 / (1 + Math.Exp(-((Slope * logit) + Intercept)));

    /// <summary>Fits a calibration to logits of cases that were not trained on.</summary>
    /// <param name="kind">Temperature or Platt.</param>
    /// <param name="logits">The logits.</param>
    /// <param name="progression">The truth.</param>
    /// <param name="balanced">Whether the logits come of a training in which both classes weighed the same: a temperature then stands beside the
    /// log odds of the classes.</param>
    public static LogitCalibration Fit(CalibrationKind kind, IReadOnlyList<double> logits, IReadOnlyList<bool> progression, bool balanced)
    {
        if (kind == CalibrationKind.Platt)
        {
            // The ridge is on the slope in units of the logits' own spread.
            double spread = Math.Max(1e-9, Math.Sqrt(logits.Average(z => z * z)));
            LogisticRegression fitted = LogisticRegression.Fit([.. logits.Select(z => new[] { z / spread })], progression, PlattRidge, false);
            return new LogitCalibration(fitted.Coefficients[0] / spread, fitted.Intercept, logits.Count);
        }

        int positives = progression.Count(p => p);
        double offset = balanced ? Math.Log(positives / (double)(progression.Count - positives)) : 0;
        // The loss is convex in the slope.
        return new LogitCalibration(GoldenSection.MinimumOverLogarithm(Loss, 0.05, 20), offset, logits.Count);

        double Loss(double slope) => logits.Select((z, n) =>
        {
            double v = ((slope * z) + offset) * (progression[n] ? -1 : 1);
            return v > 0 ? v + Math.Log(1 + Math.Exp(-v)) : Math.Log(1 + Math.Exp(v));
        }).Sum();
    }
}
