using System.Runtime.CompilerServices;
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
        return Fill(target, mapping, source.Geometry, outside, new LinearSampler(source));
    }

    /// <summary>
    /// Cubic B-spline interpolation (Unser 1999): the interpolating spline with mirrored borders, exact at the source's voxel
    /// centres, smoother than linear, overshooting at sharp edges.
    /// </summary>
    public static Volume<float> CubicBSpline(Volume<float> source, VolumeGeometry target, float outside = 0)
    {
        GridMapping mapping = new(target, source.Geometry);
        return Fill(target, mapping, source.Geometry, outside, new SplineSampler(new CubicBSpline(source)));
    }

    /// <summary>The value of the nearest voxel: for masks and labels. Outside the source grid it is 0.</summary>
    public static Volume<byte> Nearest(Volume<byte> source, VolumeGeometry target)
    {
        GridMapping mapping = new(target, source.Geometry);
        return Fill(target, mapping, source.Geometry, (byte)0, new NearestSampler(source));
    }

    private static Volume<T> Fill<T, TSampler>(VolumeGeometry target, GridMapping mapping, VolumeGeometry source, T outside, TSampler sampler)
        where T : unmanaged
        where TSampler : struct, ISampler<T>
    {
        Volume<T> result = new(target);
        Parallel.For(0, target.Slices, k =>
        {
            for (int j = 0; j < target.Rows; j++)
                FillRow(result.Slice(k).Slice(j * target.Columns, target.Columns), mapping.RowStart(j, k), mapping.StepI, source, outside, sampler);
        });
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillRow<T, TSampler>(Span<T> row, VoxelPoint start, VoxelPoint step, VolumeGeometry source, T outside, TSampler sampler)
        where T : unmanaged
        where TSampler : struct, ISampler<T>
    {
        for (int i = 0; i < row.Length; i++)
        {
            VoxelPoint p = new(start.I + step.I * i, start.J + step.J * i, start.K + step.K * i);
            row[i] = Covers(source, p) ? sampler.Sample(p) : outside;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Covers(VolumeGeometry grid, VoxelPoint p) =>
        p.I >= -0.5 - Rounding && p.I <= grid.Columns - 0.5 + Rounding
        && p.J >= -0.5 - Rounding && p.J <= grid.Rows - 0.5 + Rounding
        && p.K >= -0.5 - Rounding && p.K <= grid.Slices - 0.5 + Rounding;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Bilinear(float[] s, int row0, int row1, int i0, int i1, double u, double v) =>
        (s[row0 + i0] * (1 - u) + s[row0 + i1] * u) * (1 - v) + (s[row1 + i0] * (1 - u) + s[row1 + i1] * u) * v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int Lower, int Upper, double Fraction) Bracket(double position, int count)
    {
        double clamped = Math.Clamp(position, 0, count - 1);
        int lower = (int)clamped;
        double fraction = clamped - lower;
        return (lower, Math.Min(lower + 1, count - 1), fraction < 1e-9 ? 0 : fraction);
    }

    // Structures, so that the loop over voxels is compiled for each of them without calls.
    private interface ISampler<out T>
    {
        T Sample(VoxelPoint p);
    }

    private readonly struct LinearSampler(Volume<float> source) : ISampler<float>
    {
        private readonly float[] _voxels = source.Voxels;
        private readonly int _columns = source.Geometry.Columns;
        private readonly int _rows = source.Geometry.Rows;
        private readonly int _slices = source.Geometry.Slices;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float Sample(VoxelPoint p)
        {
            (int i0, int i1, double u) = Bracket(p.I, _columns);
            (int j0, int j1, double v) = Bracket(p.J, _rows);
            (int k0, int k1, double w) = Bracket(p.K, _slices);
            int plane = _columns * _rows, row0 = j0 * _columns, row1 = j1 * _columns;
            double lower = Bilinear(_voxels, k0 * plane + row0, k0 * plane + row1, i0, i1, u, v);
            return (float)(w == 0 ? lower : lower * (1 - w) + Bilinear(_voxels, k1 * plane + row0, k1 * plane + row1, i0, i1, u, v) * w);
        }
    }

    private readonly struct SplineSampler(CubicBSpline spline) : ISampler<float>
    {
        public float Sample(VoxelPoint p) => spline.Sample(p);
    }

    private readonly struct NearestSampler(Volume<byte> source) : ISampler<byte>
    {
        public byte Sample(VoxelPoint p)
        {
            VolumeGeometry grid = source.Geometry;
            return source[
                Math.Clamp((int)Math.Floor(p.I + 0.5), 0, grid.Columns - 1),
                Math.Clamp((int)Math.Floor(p.J + 0.5), 0, grid.Rows - 1),
                Math.Clamp((int)Math.Floor(p.K + 0.5), 0, grid.Slices - 1)];
        }
    }
}
