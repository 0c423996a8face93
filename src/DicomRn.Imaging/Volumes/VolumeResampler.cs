using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Volumes;

/// <summary>
/// Values of a volume on another grid, matched in patient space (LPS, mm). Both grids must be in the same frame of
/// reference; nothing here can know. A position up to half a voxel outside the source grid takes the value of its
/// border, as the voxel covers it; further out it takes the value given for outside.
/// </summary>
public static class VolumeResampler
{
    // Positions are computed through millimetres: what is on the border must not fall off it by rounding.
    private const double Rounding = 1e-6;

    /// <summary>Trilinear interpolation.</summary>
    public static Volume<float> Linear(Volume<float> source, VolumeGeometry target, float outside = 0)
    {
        GridMapping mapping = new(target, source.Geometry);
        return Fill(target, mapping, source.Geometry, outside, p => SampleLinear(source, p));
    }

    /// <summary>
    /// Cubic B-spline interpolation (Unser 1999): the interpolating spline with mirrored borders, exact at the source's voxel
    /// centres, smoother than linear, overshooting at sharp edges.
    /// </summary>
    public static Volume<float> CubicBSpline(Volume<float> source, VolumeGeometry target, float outside = 0)
    {
        GridMapping mapping = new(target, source.Geometry);
        CubicBSpline spline = new(source);
        return Fill(target, mapping, source.Geometry, outside, spline.Sample);
    }

    /// <summary>The value of the nearest voxel: for masks and labels. Outside the source grid it is 0.</summary>
    public static Volume<byte> Nearest(Volume<byte> source, VolumeGeometry target)
    {
        GridMapping mapping = new(target, source.Geometry);
        VolumeGeometry grid = source.Geometry;
        return Fill(target, mapping, grid, (byte)0, p => source[
            Math.Clamp((int)Math.Floor(p.I + 0.5), 0, grid.Columns - 1),
            Math.Clamp((int)Math.Floor(p.J + 0.5), 0, grid.Rows - 1),
            Math.Clamp((int)Math.Floor(p.K + 0.5), 0, grid.Slices - 1)]);
    }

    private static Volume<T> Fill<T>(
        VolumeGeometry target, GridMapping mapping, VolumeGeometry source, T outside, Func<VoxelPoint, T> sample)
        where T : unmanaged
    {
        Volume<T> result = new(target);
        Parallel.For(0, target.Slices, k =>
        {
            for (int j = 0; j < target.Rows; j++)
            {
                VoxelPoint start = mapping.RowStart(j, k), step = mapping.StepI;
                Span<T> row = result.Slice(k).Slice(j * target.Columns, target.Columns);
                for (int i = 0; i < row.Length; i++)
                {
                    VoxelPoint p = new(start.I + step.I * i, start.J + step.J * i, start.K + step.K * i);
                    row[i] = Covers(source, p) ? sample(p) : outside;
                }
            }
        });
        return result;
    }

    private static bool Covers(VolumeGeometry grid, VoxelPoint p) =>
        p.I >= -0.5 - Rounding && p.I <= grid.Columns - 0.5 + Rounding
        && p.J >= -0.5 - Rounding && p.J <= grid.Rows - 0.5 + Rounding
        && p.K >= -0.5 - Rounding && p.K <= grid.Slices - 0.5 + Rounding;

    private static float SampleLinear(Volume<float> source, VoxelPoint p)
    {
        VolumeGeometry g = source.Geometry;
        float[] voxels = source.Voxels;
        (int i0, int i1, double u) = Bracket(p.I, g.Columns);
        (int j0, int j1, double v) = Bracket(p.J, g.Rows);
        (int k0, int k1, double w) = Bracket(p.K, g.Slices);
        int plane = g.Columns * g.Rows, row0 = j0 * g.Columns, row1 = j1 * g.Columns;
        double lower = Bilinear(voxels, k0 * plane + row0, k0 * plane + row1, i0, i1, u, v);
        return (float)(w == 0 ? lower : lower * (1 - w) + Bilinear(voxels, k1 * plane + row0, k1 * plane + row1, i0, i1, u, v) * w);
    }

    private static double Bilinear(float[] s, int row0, int row1, int i0, int i1, double u, double v) =>
        (s[row0 + i0] * (1 - u) + s[row0 + i1] * u) * (1 - v) + (s[row1 + i0] * (1 - u) + s[row1 + i1] * u) * v;

    private static (int Lower, int Upper, double Fraction) Bracket(double position, int count)
    {
        double clamped = Math.Clamp(position, 0, count - 1);
        int lower = (int)clamped;
        double fraction = clamped - lower;
        return (lower, Math.Min(lower + 1, count - 1), fraction < 1e-9 ? 0 : fraction);
    }
}
