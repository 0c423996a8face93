using DicomRn.Imaging.Geometry;

namespace DicomRn.Learning.Phantoms;

/// <summary>The part of a grid around a point.</summary>
internal static class GridWindow
{
    /// <summary>The first and last index along I, J and K of the voxels within <paramref name="reach"/> mm, inside the grid.</summary>
    public static (int I0, int I1, int J0, int J1, int K0, int K1) Around(VolumeGeometry grid, PatientPoint centre, double reach)
    {
        VoxelPoint c = grid.ToVoxel(centre);
        (int i0, int i1) = Range(c.I, reach / grid.SpacingI, grid.Columns);
        (int j0, int j1) = Range(c.J, reach / grid.SpacingJ, grid.Rows);
        (int k0, int k1) = Range(c.K, reach / grid.SpacingK, grid.Slices);
        return (i0, i1, j0, j1, k0, k1);
    }

    /// <summary>The grid of those voxels alone.</summary>
    public static VolumeGeometry Cut(VolumeGeometry grid, PatientPoint centre, double reach) =>
        Part(grid, Around(grid, centre, reach));

    /// <summary>The part of a grid that covers another grid, with a voxel to spare.</summary>
    public static VolumeGeometry Covering(VolumeGeometry grid, VolumeGeometry other)
    {
        double i0 = double.MaxValue, i1 = double.MinValue, j0 = i0, j1 = i1, k0 = i0, k1 = i1;
        for (int corner = 0; corner < 8; corner++)
        {
            VoxelPoint p = grid.ToVoxel(other.ToPatient(new VoxelPoint(
                (corner & 1) * (other.Columns - 1), (corner >> 1 & 1) * (other.Rows - 1), (corner >> 2) * (other.Slices - 1))));
            (i0, i1) = (Math.Min(i0, p.I), Math.Max(i1, p.I));
            (j0, j1) = (Math.Min(j0, p.J), Math.Max(j1, p.J));
            (k0, k1) = (Math.Min(k0, p.K), Math.Max(k1, p.K));
        }

        (int i, int iEnd) = Range((i0 + i1) / 2, (i1 - i0) / 2 + 1, grid.Columns);
        (int j, int jEnd) = Range((j0 + j1) / 2, (j1 - j0) / 2 + 1, grid.Rows);
        (int k, int kEnd) = Range((k0 + k1) / 2, (k1 - k0) / 2 + 1, grid.Slices);
        return Part(grid, (i, iEnd, j, jEnd, k, kEnd));
    }

    private static VolumeGeometry Part(VolumeGeometry grid, (int I0, int I1, int J0, int J1, int K0, int K1) range) => grid with
    {
        Columns = range.I1 - range.I0 + 1,
        Rows = range.J1 - range.J0 + 1,
        Slices = range.K1 - range.K0 + 1,
        Origin = grid.ToPatient(new VoxelPoint(range.I0, range.J0, range.K0)),
    };

    private static (int First, int Last) Range(double centre, double reach, int count) => (
        Math.Clamp((int)Math.Floor(centre - reach), 0, count - 1),
        Math.Clamp((int)Math.Ceiling(centre + reach), 0, count - 1));
}
