using DicomRn.Imaging.Geometry;
using MathNet.Numerics.LinearAlgebra;

namespace DicomRn.Learning.Radiomics.Shape;

/// <summary>The ellipsoid of least volume around points (IBSI 3.1.24), by Khachiyan's algorithm.</summary>
internal static class EnclosingEllipsoid
{
    private const double Tolerance = 1e-4;
    private const int MostRounds = 5000;

    /// <param name="points">mm, not all in a plane.</param>
    public static Ellipsoid Around(PatientVector[] points)
    {
        int n = points.Length;
        double[] weights = Enumerable.Repeat(1.0 / n, n).ToArray();
        for (int round = 0; round < MostRounds; round++)
        {
            Matrix<double> inverse = Moments(points, weights).Inverse();
            double[,] m = inverse.ToArray();
            (int far, double most) = (0, 0);
            for (int p = 0; p < n; p++)
            {
                double value = Quadratic(m, points[p]);
                if (value > most)
                    (far, most) = (p, value);
            }

            double step = (most - 4) / (4 * (most - 1));
            if (step < Tolerance)
                break;
            for (int p = 0; p < n; p++)
                weights[p] *= 1 - step;
            weights[far] += step;
        }

        return Shape(points, weights);
    }

    // Σ w (x, 1)(x, 1)ᵀ.
    private static Matrix<double> Moments(PatientVector[] points, double[] weights)
    {
        Matrix<double> sum = Matrix<double>.Build.Dense(4, 4);
        for (int p = 0; p < points.Length; p++)
        {
            double[] q = [points[p].X, points[p].Y, points[p].Z, 1];
            for (int a = 0; a < 4; a++)
                for (int b = 0; b < 4; b++)
                    sum[a, b] += weights[p] * q[a] * q[b];
        }

        return sum;
    }

    private static double Quadratic(double[,] m, PatientVector point)
    {
        double[] q = [point.X, point.Y, point.Z, 1];
        double sum = 0;
        for (int a = 0; a < 4; a++)
            for (int b = 0; b < 4; b++)
                sum += q[a] * m[a, b] * q[b];
        return sum;
    }

    private static Ellipsoid Shape(PatientVector[] points, double[] weights)
    {
        Matrix<double> moments = Moments(points, weights);
        Matrix<double> covariance = Matrix<double>.Build.Dense(3, 3, (a, b) => moments[a, b] - moments[a, 3] * moments[b, 3]);
        double[] axes = [.. covariance.Evd(Symmetricity.Symmetric).EigenValues.Select(v => Math.Sqrt(3 * Math.Max(0, v.Real))).OrderDescending()];
        return new Ellipsoid(axes[0], axes[1], axes[2]);
    }
}
