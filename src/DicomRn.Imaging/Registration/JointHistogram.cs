using System.Runtime.Intrinsics;

namespace DicomRn.Imaging.Registration;

/// <summary>The arithmetic of the joint histogram: rows are bins of the fixed image, columns bins of the moving one.</summary>
internal static class JointHistogram
{
    private const int Bins = IntensityScale.Bins;

    // The cubic B-spline over the four columns around a value, by the powers of its fraction: 1, t, t², t³.
    private static readonly Vector256<double> Window0 = Vector256.Create(1.0, 4, 1, 0) / 6, Window1 = Vector256.Create(-3.0, 0, 3, 0) / 6;
    private static readonly Vector256<double> Window2 = Vector256.Create(3.0, -6, 3, 0) / 6, Window3 = Vector256.Create(-1.0, 3, -3, 1) / 6;

    /// <summary>Adds samples, each spread over four columns by a cubic B-spline.</summary>
    public static void Add(ReadOnlySpan<byte> bins, ReadOnlySpan<float> values, Span<double> histogram)
    {
        Vector256<double> w0 = Window0, w1 = Window1, w2 = Window2, w3 = Window3;
        for (int n = 0; n < values.Length; n++)
        {
            float value = values[n];
            if (value < 0)
                continue;
            int column = (int)value;
            Vector256<double> t = Vector256.Create((double)(value - column));
            Span<double> cells = histogram.Slice(bins[n] * Bins + column - 1, 4);
            (Vector256.Create<double>(cells) + (((w3 * t + w2) * t + w1) * t + w0)).CopyTo(cells);
        }
    }

    /// <summary>Normalised mutual information, and its derivative by a sample's weight in each cell (constants left out).</summary>
    public static double Entropies(double[] joint, double count, float[] slopes)
    {
        Span<double> rows = stackalloc double[Bins], columns = stackalloc double[Bins];
        rows.Clear();
        columns.Clear();
        double both = 0;
        for (int n = 0; n < joint.Length; n++)
        {
            double p = joint[n] / count;
            rows[n / Bins] += p;
            columns[n % Bins] += p;
            both -= Term(p);
        }

        double single = 0;
        for (int n = 0; n < Bins; n++)
            single -= Term(rows[n]) + Term(columns[n]);
        for (int n = 0; n < joint.Length; n++)
        {
            double p = joint[n] / count, q = columns[n % Bins];
            slopes[n] = p > 0 ? (float)((single * Math.Log(p) - both * Math.Log(q)) / (both * both * count)) : 0;
        }

        return both > 0 ? single / both : 1;

        static double Term(double p) => p > 0 ? p * Math.Log(p) : 0;
    }

    /// <summary>How much more often each pair of bins occurs than by chance: log (p(f, m) / p(f) p(m)); pairs that were not seen as if seen once.</summary>
    public static float[] Likelihoods(double[] joint)
    {
        double count = joint.Sum() + joint.Length;
        double[] rows = new double[Bins], columns = new double[Bins];
        for (int n = 0; n < joint.Length; n++)
        {
            rows[n / Bins] += (joint[n] + 1) / count;
            columns[n % Bins] += (joint[n] + 1) / count;
        }

        float[] table = new float[joint.Length];
        for (int n = 0; n < joint.Length; n++)
            table[n] = (float)Math.Log((joint[n] + 1) / count / (rows[n / Bins] * columns[n % Bins]));
        return table;
    }

    /// <summary>
    /// Sums of the samples' derivatives: slope of the metric by the sample's value, times the image's derivative along I, J and K; then
    /// the same times x, y and z of the sample.
    /// </summary>
    public static void Project(FixedSamples samples, MovingValues values, int first, int end, float[] slopes, double[] sums)
    {
        Span<float> weights = stackalloc float[Vector256<float>.Count];
        Vector256<float> i0 = default, j0 = default, k0 = default, ix = default, jx = default, kx = default;
        Vector256<float> iy = default, jy = default, ky = default, iz = default, jz = default, kz = default;
        for (int n = first; n < end; n += weights.Length)
        {
            for (int m = 0; m < weights.Length; m++)
                weights[m] = Slope(samples.Bin[n + m], values.Value[n + m], slopes);
            Vector256<float> w = Vector256.LoadUnsafe(ref weights[0]);
            Vector256<float> x = Vector256.LoadUnsafe(ref samples.X[n]), y = Vector256.LoadUnsafe(ref samples.Y[n]), z = Vector256.LoadUnsafe(ref samples.Z[n]);
            Vector256<float> i = Scaled(values.AlongI, n, w), j = Scaled(values.AlongJ, n, w), k = Scaled(values.AlongK, n, w);
            (i0, j0, k0) = (i0 + i, j0 + j, k0 + k);
            (ix, jx, kx) = (ix + i * x, jx + j * x, kx + k * x);
            (iy, jy, ky) = (iy + i * y, jy + j * y, ky + k * y);
            (iz, jz, kz) = (iz + i * z, jz + j * z, kz + k * z);
        }

        ReadOnlySpan<Vector256<float>> all = [i0, j0, k0, ix, jx, kx, iy, jy, ky, iz, jz, kz];
        for (int n = 0; n < all.Length; n++)
            sums[n] = Vector256.Sum(all[n]);
    }

    // Outside of the moving image the derivatives may be left over from the evaluation before: they count nothing.
    private static Vector256<float> Scaled(float[] derivative, int n, Vector256<float> weights) =>
        Vector256.LoadUnsafe(ref derivative[n]) * weights;

    // Its derivative.
    private static readonly Vector128<float> Rise0 = Vector128.Create(-0.5f, 0, 0.5f, 0), Rise1 = Vector128.Create(1f, -2, 1, 0), Rise2 = Vector128.Create(-0.5f, 1.5f, -1.5f, 0.5f);

    private static float Slope(byte bin, float value, float[] slopes)
    {
        if (value < 0)
            return 0;
        int column = (int)value;
        Vector128<float> t = Vector128.Create(value - column), cells = Vector128.Create<float>(slopes.AsSpan(bin * Bins + column - 1, 4));
        return Vector128.Sum(((Rise2 * t + Rise1) * t + Rise0) * cells);
    }
}
