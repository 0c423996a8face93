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
    public static VolumeGeometry Cut(VolumeGeometry grid, PatientPoint centre, double reach)
    {
        (int i0, int i1, int j0, int j1, int k0, int k1) = Around(grid, centre, reach);
        return grid with
        {
            Columns = i1 - i0 + 1,
            Rows = j1 - j0 + 1,
            Slices = k1 - k0 + 1,
            Origin = grid.ToPatient(new VoxelPoint(i0, j0, k0)),
        };
    }

    private static (int First, int Last) Range(double centre, double reach, int count) => (
        Math.Clamp((int)Math.Floor(centre - reach), 0, count - 1),
        Math.Clamp((int)Math.Ceiling(centre + reach), 0, count - 1));
}
