using MathNet.Numerics.LinearAlgebra;

namespace DicomRn.Learning.Classification;

/// <summary>Logistic regression with a ridge on the coefficients (not on the intercept), by Newton's method.</summary>
/// <param name="Intercept">Logit where all features are 0.</param>
/// <param name="Coefficients">Logit per unit of each feature.</param>
internal sealed record LogisticRegression(double Intercept, IReadOnlyList<double> Coefficients)
{
    private const int MostSteps = 200;

    public double Logit(IReadOnlyList<double> features) => Intercept + Coefficients.Select((b, n) => b * features[n]).Sum();

    /// <summary>Minimises the weighted mean log loss + ridge / 2 × the sum of squared coefficients.</summary>
    /// <param name="features">One row per case.</param>
    /// <param name="positive">The truth.</param>
    /// <param name="ridge">Above 0, so that there is a minimum where the features separate the classes.</param>
    /// <param name="classWeights">Whether both classes weigh the same.</param>
    /// <exception cref="ArgumentException">A class has no case.</exception>
    public static LogisticRegression Fit(IReadOnlyList<double[]> features, IReadOnlyList<bool> positive, double ridge, bool classWeights)
    {
        int size = features[0].Length, positives = positive.Count(p => p);
        if (positives == 0 || positives == positive.Count)
            throw new ArgumentException("One class has no case.", nameof(positive));
        Vector<double> weights = Vector<double>.Build.Dense(positive.Count, n => !classWeights ? 1.0 / positive.Count
            : 0.5 / (positive[n] ? positives : positive.Count - positives));
        Matrix<double> x = Matrix<double>.Build.Dense(positive.Count, size + 1, (n, c) => c == 0 ? 1 : features[n][c - 1]);
        Vector<double> penalty = Vector<double>.Build.Dense(size + 1, c => c == 0 ? 0 : ridge);
        Vector<double> beta = Vector<double>.Build.Dense(size + 1);
        double loss = Loss(x, positive, weights, penalty, beta);
        for (int step = 0; step < MostSteps; step++)
        {
            Vector<double> p = (x * beta).Map(z => 1 / (1 + Math.Exp(-z)));
            Vector<double> residual = Vector<double>.Build.Dense(positive.Count, n => weights[n] * (p[n] - (positive[n] ? 1 : 0)));
            Vector<double> gradient = (x.TransposeThisAndMultiply(residual)) + penalty.PointwiseMultiply(beta);
            if (gradient.L2Norm() < 1e-10)
                break;
            Matrix<double> scaled = Matrix<double>.Build.Dense(x.RowCount, x.ColumnCount, (n, c) => x[n, c] * (weights[n] * p[n] * (1 - p[n])));
            Matrix<double> curvature = x.TransposeThisAndMultiply(scaled) + Matrix<double>.Build.DenseOfDiagonalVector(penalty + 1e-12);
            Vector<double> change = curvature.Cholesky().Solve(gradient);
            double share = 1, next;
            while ((next = Loss(x, positive, weights, penalty, beta - (share * change))) > loss && share > 1e-9)
                share /= 2;
            beta -= share * change;
            loss = next;
        }

        return new LogisticRegression(beta[0], [.. beta.Skip(1)]);
    }

    private static double Loss(Matrix<double> x, IReadOnlyList<bool> positive, Vector<double> weights, Vector<double> penalty, Vector<double> beta)
    {
        Vector<double> z = x * beta;
        double sum = 0.5 * penalty.PointwiseMultiply(beta).DotProduct(beta);
        for (int n = 0; n < positive.Count; n++)
        {
            double v = positive[n] ? -z[n] : z[n];
            sum += weights[n] * (v > 0 ? v + Math.Log(1 + Math.Exp(-v)) : Math.Log(1 + Math.Exp(v)));
        }

        return sum;
    }
}
