using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DicomRn.Imaging.Registration;

/// <summary>The arithmetic of the joint histogram: rows are bins of the fixed image, columns bins of the moving one.</summary>
internal static class JointHistogram
{
    private const int Bins = IntensityScale.Bins;

    /// <summary>Adds samples, each spread over four columns by a cubic B-spline.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<byte> bins, ReadOnlySpan<float> values, Span<double> histogram)
    {
        for (int n = 0; n < values.Length; n++)
        {
            float value = values[n];
            if (value < 0)
                continue;
            int column = (int)value;
            float t = value - column, s = 1 - t;
            Span<double> cells = histogram.Slice(bins[n] * Bins + column - 1, 4);
            cells[0] += s * s * s * (1f / 6);
            cells[1] += (4 + t * t * (3 * t - 6)) * (1f / 6);
            cells[2] += (4 + s * s * (3 * s - 6)) * (1f / 6);
            cells[3] += t * t * t * (1f / 6);
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Scaled(float[] derivative, int n, Vector256<float> weights) =>
        Vector256.LoadUnsafe(ref derivative[n]) * weights;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Slope(byte bin, float value, float[] slopes)
    {
        if (value < 0)
            return 0;
        int column = (int)value;
        float t = value - column, s = 1 - t;
        ReadOnlySpan<float> cells = slopes.AsSpan(bin * Bins + column - 1, 4);
        return -0.5f * s * s * cells[0] + 0.5f * t * (3 * t - 4) * cells[1] - 0.5f * s * (3 * s - 4) * cells[2] + 0.5f * t * t * cells[3];
    }
}
