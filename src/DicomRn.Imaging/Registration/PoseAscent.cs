using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Registration;

/// <summary>
/// Climbs to the nearest maximum of the metric by a quasi-Newton method (BFGS) over six steps in mm: three shifts and three turns about
/// the moved centre of the head, a turn counted by the way of a point at <see cref="Radius"/>.
/// </summary>
internal static class PoseAscent
{
    /// <summary>Of the ball that stands for a brain, mm.</summary>
    public const double Radius = 70;

    private const int Size = 6, Iterations = 60, Halvings = 8;

    /// <summary>The pose at the maximum, with the metric there.</summary>
    /// <param name="metric">What is maximised.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="center">Centre of the head in the fixed image.</param>
    /// <param name="reach">The longest single step, mm.</param>
    /// <param name="precision">The step that ends the search, mm.</param>
    /// <param name="turns">Whether to turn, too, or only to shift.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static (RigidTransform Pose, Similarity At) Run(
        MutualInformation metric, RigidTransform start, PatientPoint center, double reach, double precision, bool turns,
        CancellationToken cancellationToken)
    {
        (RigidTransform pose, Similarity at) = (start, metric.At(start));
        double[] gradient = Gradient(at, turns);
        double[,] inverse = Scaled(reach / 2 / Math.Max(Length(gradient), 1e-12));
        bool fresh = true;
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] step = Multiply(inverse, gradient);
            double length = Length(step);
            if (length > reach)
                step = Array.ConvertAll(step, s => s * reach / length);
            (RigidTransform Pose, Similarity At, double Factor)? better = Search(metric, pose, at, center, step, Dot(step, gradient), precision);
            if (better is not { } found)
            {
                // The model of the curvature may be wrong rather than the maximum reached.
                if (fresh)
                    break;
                inverse = Scaled(4 * precision / Math.Max(Length(gradient), 1e-12));
                fresh = true;
                continue;
            }

            step = Array.ConvertAll(step, s => s * found.Factor);
            double[] next = Gradient(found.At, turns);
            Update(inverse, step, [.. gradient.Zip(next, (a, b) => a - b)], ref fresh);
            (pose, at, gradient) = (found.Pose, found.At, next);
            if (Length(step) < precision)
                break;
        }

        return (pose, at);
    }

    /// <summary>The pose moved by three shifts (mm) and three turns (mm at <see cref="Radius"/>).</summary>
    public static RigidTransform Moved(RigidTransform pose, PatientPoint center, ReadOnlySpan<double> step) =>
        pose.Then(RigidTransform.About(
            pose.Apply(center), new PatientVector(step[3], step[4], step[5]) * (1 / Radius), new PatientVector(step[0], step[1], step[2])));

    private static (RigidTransform Pose, Similarity At, double Factor)? Search(
        MutualInformation metric, RigidTransform pose, Similarity at, PatientPoint center, double[] step, double rise, double precision)
    {
        double factor = 1;
        for (int n = 0; n < Halvings && factor * Length(step) > precision / 4; n++, factor /= 2.5)
        {
            RigidTransform tried = Moved(pose, center, Array.ConvertAll(step, s => s * factor));
            Similarity found = metric.At(tried);
            if (found.Score > at.Score + 1e-4 * factor * rise)
                return (tried, found, factor);
        }

        return null;
    }

    private static double[] Gradient(Similarity s, bool turns) =>
    [
        s.Force.X, s.Force.Y, s.Force.Z,
        turns ? s.Torque.X / Radius : 0, turns ? s.Torque.Y / Radius : 0, turns ? s.Torque.Z / Radius : 0,
    ];

    // H ← (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ for the minimum of the negative; skipped where the curvature has the wrong sign.
    private static void Update(double[,] h, double[] s, double[] y, ref bool fresh)
    {
        double curvature = Dot(s, y);
        if (curvature <= 1e-10 * Length(s) * Length(y))
            return;
        if (fresh)
        {
            double scale = curvature / Dot(y, y);
            for (int a = 0; a < Size; a++)
                for (int b = 0; b < Size; b++)
                    h[a, b] = a == b ? scale : 0;
            fresh = false;
        }

        double[] hy = Multiply(h, y);
        double factor = (1 + Dot(y, hy) / curvature) / curvature;
        for (int a = 0; a < Size; a++)
            for (int b = 0; b < Size; b++)
                h[a, b] += factor * s[a] * s[b] - (hy[a] * s[b] + s[a] * hy[b]) / curvature;
    }

    private static double[,] Scaled(double factor)
    {
        double[,] h = new double[Size, Size];
        for (int n = 0; n < Size; n++)
            h[n, n] = factor;
        return h;
    }

    private static double[] Multiply(double[,] h, double[] v)
    {
        double[] result = new double[Size];
        for (int a = 0; a < Size; a++)
            for (int b = 0; b < Size; b++)
                result[a] += h[a, b] * v[b];
        return result;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int n = 0; n < Size; n++)
            sum += a[n] * b[n];
        return sum;
    }

    private static double Length(double[] a) => Math.Sqrt(Dot(a, a));
}
