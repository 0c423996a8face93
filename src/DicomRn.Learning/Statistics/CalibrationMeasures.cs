namespace DicomRn.Learning.Statistics;

/// <summary>How well probabilities agree with what happened (Van Calster et al. 2019; Guo et al. 2017 for ECE).</summary>
/// <param name="Brier">Mean squared difference of probability and outcome.</param>
/// <param name="Slope">Of the logistic regression of the outcome on the logit: 1 at best, below 1 where probabilities are too extreme;
/// NaN where the probabilities separate the classes, so that there is none.</param>
/// <param name="Intercept">Of the logistic regression with the logit as offset (calibration in the large): 0 at best, below 0 where
/// probabilities are too high.</param>
/// <param name="ExpectedCalibrationError">Mean distance of share and mean probability over bins of equal width, weighted by their cases.</param>
/// <param name="Bins">What a reliability plot shows.</param>
public sealed record CalibrationMeasures(
    double Brier, double Slope, double Intercept, double ExpectedCalibrationError, IReadOnlyList<CalibrationBin> Bins)
{
    // A probability of 0 or 1 has no logit.
    private const double Least = 1e-9;
    private const int MostSteps = 100;

    /// <summary>Computes the measures.</summary>
    /// <param name="probabilities">Of being positive, 0 to 1.</param>
    /// <param name="positive">The truth, in the same order.</param>
    /// <param name="bins">Bins of equal width.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is no probability, or a class has no case.</exception>
    public static CalibrationMeasures Of(IReadOnlyList<double> probabilities, IReadOnlyList<bool> positive, int bins = 10)
    {
        if (probabilities.Count != positive.Count)
            throw new ArgumentException($"{probabilities.Count} probabilities for {positive.Count} labels.", nameof(positive));
        if (probabilities.Any(p => p is not (>= 0 and <= 1)))
            throw new ArgumentException("A value is no probability.", nameof(probabilities));
        if (!positive.Contains(true) || !positive.Contains(false))
            throw new ArgumentException("One class has no case.", nameof(positive));
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);

        double[] outcome = [.. positive.Select(p => p ? 1.0 : 0.0)];
        double[] logits = [.. probabilities.Select(p => Math.Clamp(p, Least, 1 - Least)).Select(p => Math.Log(p / (1 - p)))];
        IReadOnlyList<CalibrationBin> filled = Fill(probabilities, positive, bins);
        return new CalibrationMeasures(
            probabilities.Zip(outcome, (p, y) => (p - y) * (p - y)).Average(),
            SlopeOf(logits, outcome),
            InterceptOf(logits, outcome),
            filled.Sum(bin => bin.Cases * Math.Abs(bin.MeanProbability - bin.Positive.Value)) / positive.Count,
            filled);
    }

    private static List<CalibrationBin> Fill(IReadOnlyList<double> probabilities, IReadOnlyList<bool> positive, int bins)
    {
        List<CalibrationBin> filled = [];
        foreach (IGrouping<int, int> bin in Enumerable.Range(0, positive.Count)
            .GroupBy(n => Math.Min(bins - 1, (int)(probabilities[n] * bins))).OrderBy(bin => bin.Key))
        {
            filled.Add(new CalibrationBin(
                (double)bin.Key / bins,
                (bin.Key + 1.0) / bins,
                bin.Average(n => probabilities[n]),
                Proportion.Wilson(bin.Count(n => positive[n]), bin.Count())));
        }

        return filled;
    }

    /// <summary>Newton steps for outcome ~ intercept + slope × logit, halved until the likelihood, which is concave, does not fall.</summary>
    private static double SlopeOf(double[] logits, double[] outcome)
    {
        // Without overlap the likelihood rises for ever.
        double[] positives = [.. logits.Where((_, n) => outcome[n] > 0)], negatives = [.. logits.Where((_, n) => outcome[n] == 0)];
        if (positives.Min() >= negatives.Max() || positives.Max() <= negatives.Min())
            return double.NaN;
        double a = 0, b = 0, likelihood = LogLikelihood(a, b, logits, outcome);
        for (int step = 0; step < MostSteps; step++)
        {
            double ga = 0, gb = 0, haa = 0, hab = 0, hbb = 0;
            for (int n = 0; n < logits.Length; n++)
            {
                double p = Sigmoid(a + (b * logits[n])), w = p * (1 - p);
                ga += outcome[n] - p;
                gb += (outcome[n] - p) * logits[n];
                haa += w;
                hab += w * logits[n];
                hbb += w * logits[n] * logits[n];
            }

            double determinant = (haa * hbb) - (hab * hab);
            if (!(determinant > 1e-12 * haa * hbb))
                return double.NaN;
            double da = ((hbb * ga) - (hab * gb)) / determinant, db = ((haa * gb) - (hab * ga)) / determinant;
            // What the step would still gain is beyond what the sum resolves.
            if ((ga * da) + (gb * db) < 1e-13 * (1 + Math.Abs(likelihood)))
                return b + db;
            double share = 1, next;
            while ((next = LogLikelihood(a + (share * da), b + (share * db), logits, outcome)) < likelihood && share > 1e-9)
                share /= 2;
            a += share * da;
            b += share * db;
            likelihood = next;
        }

        return double.NaN;
    }

    private static double LogLikelihood(double a, double b, double[] logits, double[] outcome)
    {
        double sum = 0;
        for (int n = 0; n < logits.Length; n++)
        {
            double x = (a + (b * logits[n])) * (outcome[n] > 0 ? -1 : 1);
            sum -= x > 0 ? x + Math.Log(1 + Math.Exp(-x)) : Math.Log(1 + Math.Exp(x));
        }

        return sum;
    }

    /// <summary>The shift of all logits after which the mean probability is the share of positives, by bisection: it falls strictly.</summary>
    private static double InterceptOf(double[] logits, double[] outcome)
    {
        double low = -100, high = 100;
        for (int step = 0; step < MostSteps; step++)
        {
            double middle = (low + high) / 2;
            if (logits.Zip(outcome, (x, y) => y - Sigmoid(middle + x)).Sum() > 0)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
