using System.Numerics;
using System.Runtime.CompilerServices;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Registration;

/// <summary>Coarser and smoother versions of an image, on the same axes.</summary>
internal static class BlockAverage
{
    /// <summary>
    /// Means of blocks of whole voxels, so many that no axis has a spacing below two thirds of <paramref name="spacing"/>; axes that
    /// are as coarse already stay. Values that are not finite, and what a CT writes outside its field of view, count as air.
    /// </summary>
    public static Volume<float> Reduce(Volume<float> image, double spacing)
    {
        VolumeGeometry g = image.Geometry;
        int a = Factor(g.SpacingI, g.Columns), b = Factor(g.SpacingJ, g.Rows), c = Factor(g.SpacingK, g.Slices);
        VolumeGeometry coarse = g with
        {
            Columns = g.Columns / a,
            Rows = g.Rows / b,
            Slices = g.Slices / c,
            SpacingI = g.SpacingI * a,
            SpacingJ = g.SpacingJ * b,
            SpacingK = g.SpacingK * c,
            Origin = g.ToPatient(new VoxelPoint((a - 1) / 2.0, (b - 1) / 2.0, (c - 1) / 2.0)),
        };
        Volume<float> result = new(coarse);
        float weight = 1f / (a * b * c);
        Parallel.For(0, coarse.Slices, k =>
        {
            Span<float> target = result.Slice(k);
            float[] line = new float[coarse.Columns * a];
            for (int j = 0; j < coarse.Rows; j++)
            {
                line.AsSpan().Clear();
                for (int n = 0; n < b * c; n++)
                    AddLine(line, image.Slice(k * c + n / b).Slice((j * b + n % b) * g.Columns, line.Length));
                for (int i = 0; i < coarse.Columns; i++)
                {
                    float sum = 0;
                    for (int n = 0; n < a; n++)
                        sum += line[i * a + n];
                    target[j * coarse.Columns + i] = sum * weight;
                }
            }
        });
        return result;

        int Factor(double own, int count) => Math.Clamp((int)Math.Round(spacing / own), 1, count);
    }

    /// <summary>Weighs neighbours 1, 2, 1 along each axis; borders are mirrored.</summary>
    public static Volume<float> Smooth(Volume<float> image)
    {
        VolumeGeometry g = image.Geometry;
        Volume<float> inPlane = new(g), result = new(g);
        Parallel.For(0, g.Slices, k =>
        {
            float[] rows = new float[g.Columns * g.Rows];
            Span<float> source = image.Slice(k), target = inPlane.Slice(k);
            for (int j = 0; j < g.Rows; j++)
            {
                Span<float> row = source.Slice(j * g.Columns, g.Columns), to = rows.AsSpan(j * g.Columns, g.Columns);
                Blend(Clamped(source, j - 1), row, Clamped(source, j + 1), to);
            }

            for (int j = 0; j < g.Rows; j++)
            {
                Span<float> row = rows.AsSpan(j * g.Columns, g.Columns), to = target.Slice(j * g.Columns, g.Columns);
                to[0] = row[0];
                to[^1] = row[^1];
                if (row.Length > 2)
                    Blend(row[..^2], row[1..^1], row[2..], to[1..^1]);
            }
        });
        Parallel.For(0, g.Slices, k => Blend(
            inPlane.Slice(Math.Max(k - 1, 0)), inPlane.Slice(k), inPlane.Slice(Math.Min(k + 1, g.Slices - 1)), result.Slice(k)));
        return result;

        Span<float> Clamped(Span<float> slice, int j) => slice.Slice(Math.Clamp(j, 0, g.Rows - 1) * g.Columns, g.Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddLine(Span<float> sum, ReadOnlySpan<float> line)
    {
        Vector<float> air = new(IntensityScale.Air);
        int n = 0;
        for (; n <= sum.Length - Vector<float>.Count; n += Vector<float>.Count)
        {
            // A comparison with NaN is false, so NaN becomes air too.
            Vector<float> v = new(line[n..]);
            (new Vector<float>(sum[n..]) + Vector.ConditionalSelect(Vector.GreaterThan(v, air), v, air)).CopyTo(sum[n..]);
        }

        for (; n < sum.Length; n++)
            sum[n] += line[n] > IntensityScale.Air ? line[n] : IntensityScale.Air;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Blend(ReadOnlySpan<float> before, ReadOnlySpan<float> at, ReadOnlySpan<float> after, Span<float> target)
    {
        int n = 0;
        for (; n <= target.Length - Vector<float>.Count; n += Vector<float>.Count)
        {
            Vector<float> sum = (new Vector<float>(before[n..]) + new Vector<float>(after[n..])) * 0.25f + new Vector<float>(at[n..]) * 0.5f;
            sum.CopyTo(target[n..]);
        }

        for (; n < target.Length; n++)
            target[n] = (before[n] + after[n]) * 0.25f + at[n] * 0.5f;
    }
}
