using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Registration;

/// <summary>
/// Values and derivatives of the moving image at the samples under a transform, eight at a time: trilinear, and the exact derivative
/// of that, per voxel along each axis of the grid.
/// </summary>
internal sealed class MovingSampler
{
    private readonly float[] _voxels;
    private readonly VolumeGeometry _grid;
    private readonly int _row;
    private readonly int _slice;

    public MovingSampler(Volume<float> image)
    {
        _voxels = image.Voxels;
        _grid = image.Geometry;
        _row = _grid.Columns;
        _slice = _grid.Columns * _grid.Rows;
    }

    /// <summary>Marks a sample outside of the image.</summary>
    public const float Outside = -1;

    /// <summary>The map from samples to voxels: nine factors row by row, then the three offsets.</summary>
    public float[] Map(FixedSamples samples, RigidTransform transform)
    {
        PatientPoint center = transform.Apply(samples.Center);
        VoxelPoint o = _grid.ToVoxel(center);
        VoxelPoint x = Step(transform.RowX.X, transform.RowY.X, transform.RowZ.X);
        VoxelPoint y = Step(transform.RowX.Y, transform.RowY.Y, transform.RowZ.Y);
        VoxelPoint z = Step(transform.RowX.Z, transform.RowY.Z, transform.RowZ.Z);
        double[] map = [x.I, y.I, z.I, x.J, y.J, z.J, x.K, y.K, z.K, o.I, o.J, o.K];
        return Array.ConvertAll(map, v => (float)v);

        VoxelPoint Step(double a, double b, double c)
        {
            VoxelPoint p = _grid.ToVoxel(center + new PatientVector(a, b, c));
            return new VoxelPoint(p.I - o.I, p.J - o.J, p.K - o.K);
        }
    }

    /// <summary>Fills value and derivatives of the samples from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    // Compiled in full at once, as other loops here: a command of seconds would spend much of them in the first, unoptimised code.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sample(FixedSamples samples, float[] map, int first, int end, MovingValues into)
    {
        Vector256<float> lastI = Last(_grid.Columns), lastJ = Last(_grid.Rows), lastK = Last(_grid.Slices);
        for (int n = first; n < end; n += Vector256<float>.Count)
        {
            Vector256<float> x = Vector256.LoadUnsafe(ref samples.X[n]), y = Vector256.LoadUnsafe(ref samples.Y[n]), z = Vector256.LoadUnsafe(ref samples.Z[n]);
            Vector256<float> i = Row(map, 0, x, y, z), j = Row(map, 1, x, y, z), k = Row(map, 2, x, y, z);
            Vector256<float> covered = Covers(i, lastI) & Covers(j, lastJ) & Covers(k, lastK);
            if (Vector256.EqualsAll(covered.AsInt32(), Vector256<int>.Zero))
            {
                Vector256.Create(Outside).StoreUnsafe(ref into.Value[n]);
                continue;
            }

            (Vector256<int> i0, Vector256<float> u) = Split(i, lastI);
            (Vector256<int> j0, Vector256<float> v) = Split(j, lastJ);
            (Vector256<int> k0, Vector256<float> w) = Split(k, lastK);
            Vector256<int> at = i0 + j0 * _row + k0 * _slice;
            int right = _grid.Columns > 1 ? 1 : 0, down = _grid.Rows > 1 ? _row : 0, up = _grid.Slices > 1 ? _slice : 0;
            Vector256<float> a00 = Gather(at, 0), d00 = Gather(at, right) - a00;
            Vector256<float> a10 = Gather(at, down), d10 = Gather(at, down + right) - a10;
            Vector256<float> a01 = Gather(at, up), d01 = Gather(at, up + right) - a01;
            Vector256<float> a11 = Gather(at, up + down), d11 = Gather(at, up + down + right) - a11;
            Vector256<float> b00 = a00 + d00 * u, b10 = a10 + d10 * u - b00, b01 = a01 + d01 * u, b11 = a11 + d11 * u - b01;
            Vector256<float> c0 = b00 + b10 * v, c1 = b01 + b11 * v - c0;
            Vector256<float> e0 = d00 + (d10 - d00) * v, e1 = d01 + (d11 - d01) * v;
            Vector256.ConditionalSelect(covered, c0 + c1 * w, Vector256.Create(Outside)).StoreUnsafe(ref into.Value[n]);
            (e0 + (e1 - e0) * w).StoreUnsafe(ref into.AlongI[n]);
            (b10 + (b11 - b10) * w).StoreUnsafe(ref into.AlongJ[n]);
            c1.StoreUnsafe(ref into.AlongK[n]);
        }
    }

    /// <summary>A force per voxel along the axes of the grid as one per mm along the patient's axes.</summary>
    public PatientVector ToPatient(double alongI, double alongJ, double alongK)
    {
        VoxelPoint o = _grid.ToVoxel(PatientPoint.Origin);
        VoxelPoint x = _grid.ToVoxel(new PatientPoint(1, 0, 0)), y = _grid.ToVoxel(new PatientPoint(0, 1, 0)), z = _grid.ToVoxel(new PatientPoint(0, 0, 1));
        return new PatientVector(Sum(x), Sum(y), Sum(z));

        double Sum(VoxelPoint p) => (p.I - o.I) * alongI + (p.J - o.J) * alongJ + (p.K - o.K) * alongK;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Row(float[] map, int row, Vector256<float> x, Vector256<float> y, Vector256<float> z) =>
        x * map[3 * row] + y * map[3 * row + 1] + z * map[3 * row + 2] + Vector256.Create(map[9 + row]);

    private static Vector256<float> Last(int count) => Vector256.Create((float)(count - 1));

    // A voxel covers half of itself beyond its centre, as everywhere in this program.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Covers(Vector256<float> position, Vector256<float> last) =>
        Vector256.GreaterThanOrEqual(position, Vector256.Create(-0.5f)) & Vector256.LessThanOrEqual(position, last + Vector256.Create(0.5f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<int> Lower, Vector256<float> Fraction) Split(Vector256<float> position, Vector256<float> last)
    {
        Vector256<float> clamped = Vector256.Max(Vector256<float>.Zero, Vector256.Min(position, last));
        Vector256<float> lower = Vector256.Max(Vector256<float>.Zero, Vector256.Min(Vector256.Floor(clamped), last - Vector256<float>.One));
        return (Vector256.ConvertToInt32(lower), clamped - lower);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe Vector256<float> Gather(Vector256<int> at, int offset)
    {
        // The indices are clamped to the image above.
        fixed (float* start = &_voxels[offset])
        {
            return Avx2.IsSupported
                ? Avx2.GatherVector256(start, at, sizeof(float))
                : Vector256.Create(start[at[0]], start[at[1]], start[at[2]], start[at[3]], start[at[4]], start[at[5]], start[at[6]], start[at[7]]);
        }
    }
}
