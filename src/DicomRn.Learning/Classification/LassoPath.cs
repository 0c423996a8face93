namespace DicomRn.Learning.Classification;

/// <summary>
/// Logistic regression with a penalty on the absolute coefficients, by coordinate descent on a bound of the loss (Tibshirani 1996; Friedman et
/// al. 2010), along falling penalties.
/// </summary>
internal sealed class LassoPath
{
    private const int MostSweeps = 2000;
    private const double Tolerance = 1e-6;
    private readonly IReadOnlyList<double[]> _rows;
    private readonly bool[] _positive;
    private readonly double[] _weights;
    private readonly double[] _bounds;
    private readonly double[] _beta;
    private readonly double[] _logits;
    private double _intercept;

    /// <param name="rows">Scaled features, one row per case.</param>
    /// <param name="positive">The truth; both classes weigh the same.</param>
    public LassoPath(IReadOnlyList<double[]> rows, IReadOnlyList<bool> positive)
    {
        int positives = positive.Count(p => p), size = rows[0].Length;
        if (positives == 0 || positives == positive.Count)
            throw new ArgumentException("One class has no case.", nameof(positive));
        _rows = rows;
        _positive = [.. positive];
        _weights = [.. positive.Select(p => 0.5 / (p ? positives : positive.Count - positives))];
        _bounds = [.. Enumerable.Range(0, size).Select(c => rows.Select((r, n) => 0.25 * _weights[n] * r[c] * r[c]).Sum())];
        _beta = new double[size];
        _logits = new double[rows.Count];
        // Both classes weigh one half: the best intercept alone is 0.
        LargestPenalty = Enumerable.Range(0, size).Max(c => Math.Abs(Gradient(c)));
    }

    /// <summary>The penalty from which on all coefficients are 0.</summary>
    public double LargestPenalty { get; }

    /// <summary>Falling penalties, evenly spaced in their logarithm.</summary>
    public double[] Penalties(int count, double smallestShare) =>
        [.. Enumerable.Range(0, count).Select(n => LargestPenalty * Math.Pow(smallestShare, n / (count - 1.0)))];

    /// <summary>Minimises the mean log loss + penalty × the sum of absolute coefficients, from where the last call ended.</summary>
    public LogisticRegression Fit(double penalty)
    {
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            // The weights sum to 1, so the bound of the intercept's curvature is a quarter.
            double shift = -4 * Residuals().Sum(), largest = Math.Abs(shift);
            _intercept += shift;
            for (int n = 0; n < _logits.Length; n++)
                _logits[n] += shift;
            for (int c = 0; c < _beta.Length; c++)
            {
                if (_bounds[c] <= 0)
                    continue;
                double target = _beta[c] - (Gradient(c) / _bounds[c]), slack = penalty / _bounds[c];
                double next = Math.Sign(target) * Math.Max(0, Math.Abs(target) - slack), change = next - _beta[c];
                if (change == 0)
                    continue;
                _beta[c] = next;
                for (int n = 0; n < _logits.Length; n++)
                    _logits[n] += change * _rows[n][c];
                largest = Math.Max(largest, Math.Abs(change));
            }

            if (largest < Tolerance)
                break;
        }

        return new LogisticRegression(_intercept, [.. _beta]);
    }

    private double Gradient(int column)
    {
        double sum = 0;
        for (int n = 0; n < _logits.Length; n++)
            sum += Residual(n) * _rows[n][column];
        return sum;
    }

    private IEnumerable<double> Residuals() => Enumerable.Range(0, _logits.Length).Select(Residual);

    private double Residual(int n) => _weights[n] * ((1 / (1 + Math.Exp(-_logits[n]))) - (_positive[n] ? 1 : 0));
}
