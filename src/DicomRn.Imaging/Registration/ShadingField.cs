using System.Numerics;
using System.Runtime.CompilerServices;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Registration;

/// <summary>
/// The slow change of brightness over an MR image that the coils make. A metric of intensities is drawn off the true position by it, the
/// more the coarser the level. Estimated from one image alone as the polynomial of fourth degree, in the logarithm, without which the
/// histogram is sharpest (the idea of N3, Sled 1998). A CT has none and is left as it is.
/// </summary>
internal sealed class ShadingField
{
    private const int Degree = 4, Terms = 35, MostSamples = 16_000, Keep = 2;

    // Columns from one value that is worked out to the next; between them the field is as good as straight.
    private const int Stride = 8;

    // A Hounsfield scale has air far below zero.
    private const float LowestOfMr = -200;

    // Widths of the window on the histogram, first and last iteration, in the logarithm.
    private const double Widest = 0.15, Narrowest = 0.04;
    private const int Iterations = 24;

    // Exponents of I, J and K; the constant comes first and stays out of the field.
    private static readonly (int I, int J, int K)[] Powers =
    [
        .. from sum in Enumerable.Range(0, Degree + 1) from i in Enumerable.Range(0, sum + 1) from j in Enumerable.Range(0, sum - i + 1)
           select (i, j, sum - i - j),
    ];

    private readonly VolumeGeometry _grid;
    private readonly double[] _factors;

    private ShadingField(VolumeGeometry grid, double[] factors) => (_grid, _factors) = (grid, factors);

    /// <summary>Estimates it.</summary>
    /// <param name="image">The image at some 4 mm spacing.</param>
    /// <param name="mask">The head on the same grid.</param>
    /// <param name="fine">The image at some 2 mm.</param>
    public static ShadingField Of(Volume<float> image, Volume<byte> mask, Volume<float> fine)
    {
        List<int> inside = [];
        List<float> values = [];
        for (int n = 0; n < mask.Voxels.Length; n++)
        {
            if (mask.Voxels[n] == 0)
                continue;
            inside.Add(n);
            values.Add(image.Voxels[n]);
        }

        values.Sort();
        ShadingField none = new(image.Geometry, new double[Terms]);
        if (values.Count < 1000)
            return none;
        float low = values[values.Count / 100], high = values[(int)(0.98 * (values.Count - 1))];
        float threshold = Math.Max(low, 0) + 0.2f * (high - Math.Max(low, 0));
        inside.RemoveAll(n => !(image.Voxels[n] > threshold));
        if (low < LowestOfMr || !(high > low))
            return none;
        List<(VoxelPoint At, float Value)> samples = Flattest(fine, image.Geometry, inside, threshold);
        return samples.Count < 1000 ? none : new ShadingField(image.Geometry, Fit(samples));
    }

    /// <summary>By what the values of a row of an image on other voxels of the same axes are to be multiplied.</summary>
    public void Fill(VolumeGeometry grid, int row, int slice, Span<float> gains)
    {
        VoxelPoint first = Normal(grid, 0, row, slice), second = Normal(grid, 1, row, slice);
        double step = second.I - first.I;
        Span<double> line = stackalloc double[Degree + 1];
        line.Clear();
        for (int n = 1; n < Terms; n++)
            line[Powers[n].I] -= _factors[n] * Power(first.J, Powers[n].J) * Power(first.K, Powers[n].K);
        float left = Gain(line, first.I);
        for (int i = 0; i < gains.Length; i += Stride)
        {
            float right = Gain(line, first.I + step * (i + Stride)), slope = (right - left) / Stride;
            for (int n = 0; n < Stride && i + n < gains.Length; n++)
                gains[i + n] = left + slope * n;
            left = right;
        }
    }

    private static float Gain(ReadOnlySpan<double> line, double position)
    {
        double sum = line[Degree];
        for (int n = Degree - 1; n >= 0; n--)
            sum = sum * position + line[n];

        // Far from the samples a polynomial runs away.
        return (float)Math.Exp(Math.Clamp(sum, -1, 1));
    }

    private VoxelPoint Normal(VolumeGeometry grid, int column, int row, int slice) =>
        Normal(_grid, _grid.ToVoxel(grid.ToPatient(new VoxelPoint(column, row, slice))));

    private static VoxelPoint Normal(VolumeGeometry grid, VoxelPoint p) => new(
        2 * p.I / grid.Columns - 1, 2 * p.J / grid.Rows - 1, 2 * p.K / grid.Slices - 1);

    private static double Power(double value, int exponent)
    {
        double result = 1;
        for (int n = 0; n < exponent; n++)
            result *= value;
        return result;
    }

    // Where the image is even a voxel holds one tissue; borders hide the peaks of the histogram.
    private static List<(VoxelPoint At, float Value)> Flattest(Volume<float> image, VolumeGeometry coarse, List<int> inside, float threshold)
    {
        VolumeGeometry g = image.Geometry;
        int tried = Math.Min(MostSamples * Keep, inside.Count);
        List<(VoxelPoint At, float Value, float Slope)> found = [];
        for (int n = 0; n < tried; n++)
        {
            int at = inside[(int)((long)n * inside.Count / tried)];
            VoxelPoint v = g.ToVoxel(coarse.ToPatient(
                new VoxelPoint(at % coarse.Columns, at / coarse.Columns % coarse.Rows, at / (coarse.Columns * coarse.Rows))));
            (int i, int j, int k) = ((int)Math.Round(v.I), (int)Math.Round(v.J), (int)Math.Round(v.K));
            if (i < 1 || j < 1 || k < 1 || i > g.Columns - 2 || j > g.Rows - 2 || k > g.Slices - 2 || !(image[i, j, k] > threshold))
                continue;
            float value = image[i, j, k];
            float x = image[i + 1, j, k] - image[i - 1, j, k], y = image[i, j + 1, k] - image[i, j - 1, k], z = image[i, j, k + 1] - image[i, j, k - 1];
            VoxelPoint p = Normal(coarse, coarse.ToVoxel(g.ToPatient(new VoxelPoint(i, j, k))));
            found.Add((p, value, (x * x + y * y + z * z) / (value * value)));
        }

        found.Sort((a, b) => a.Slope.CompareTo(b.Slope));
        return [.. found.Take(found.Count / Keep).Select(f => (f.At, f.Value))];
    }

    // Every value is drawn towards the peak of the histogram that it belongs to; what of that is smooth in space is shading.
    private static double[] Fit(List<(VoxelPoint At, float Value)> samples)
    {
        int count = samples.Count;
        double[] values = new double[count], factors = new double[Terms], corrected = new double[count];
        double[][] terms = new double[count][];
        double[][] matrix = [.. Enumerable.Range(0, Terms).Select(_ => new double[Terms])];
        for (int n = 0; n < count; n++)
        {
            VoxelPoint p = samples[n].At;
            values[n] = Math.Log(samples[n].Value);
            terms[n] = Array.ConvertAll(Powers, e => Power(p.I, e.I) * Power(p.J, e.J) * Power(p.K, e.K));
            for (int a = 0; a < Terms; a++)
                AddScaled(matrix[a].AsSpan(0, a + 1), terms[n], terms[n][a]);
        }

        Factorise(matrix);
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            for (int n = 0; n < count; n++)
                corrected[n] = values[n] - Sum(factors, terms[n]);
            HistogramPeaks peaks = new(corrected, Widest * Math.Pow(Narrowest / Widest, iteration / (Iterations - 1.0)));
            double[] right = new double[Terms];
            for (int n = 0; n < count; n++)
                AddScaled(right, terms[n], peaks.Shift(corrected[n]));
            Solve(matrix, right);
            for (int n = 1; n < Terms; n++)
                factors[n] -= right[n];
        }

        return factors;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum(double[] factors, double[] terms)
    {
        double sum = 0;
        for (int n = 0; n < Terms; n++)
            sum += factors[n] * terms[n];
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(Span<double> sum, ReadOnlySpan<double> row, double factor)
    {
        int n = 0;
        for (; n <= sum.Length - Vector<double>.Count; n += Vector<double>.Count)
            (new Vector<double>(sum[n..]) + new Vector<double>(row[n..]) * factor).CopyTo(sum[n..]);
        for (; n < sum.Length; n++)
            sum[n] += row[n] * factor;
    }

    // Cholesky, in place; a little is added to the diagonal for a head of which a slab is shown only.
    private static void Factorise(double[][] matrix)
    {
        double ridge = 1e-4 * Enumerable.Range(0, Terms).Average(n => matrix[n][n]);
        for (int a = 0; a < Terms; a++)
        {
            matrix[a][a] += a == 0 ? 0 : ridge;
            for (int b = 0; b <= a; b++)
            {
                double sum = matrix[a][b];
                for (int c = 0; c < b; c++)
                    sum -= matrix[a][c] * matrix[b][c];
                matrix[a][b] = a == b ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / matrix[b][b];
            }
        }
    }

    private static void Solve(double[][] factor, double[] right)
    {
        for (int a = 0; a < Terms; a++)
        {
            for (int c = 0; c < a; c++)
                right[a] -= factor[a][c] * right[c];
            right[a] /= factor[a][a];
        }

        for (int a = Terms - 1; a >= 0; a--)
        {
            for (int c = a + 1; c < Terms; c++)
                right[a] -= factor[c][a] * right[c];
            right[a] /= factor[a][a];
        }
    }
}
