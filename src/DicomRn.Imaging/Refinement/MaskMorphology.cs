using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Refinement;

/// <summary>Morphology by balls whose radius is in mm, whatever the spacing of the grid.</summary>
internal static class MaskMorphology
{
    /// <summary>All voxels within <paramref name="radius"/> mm of the mask.</summary>
    public static Volume<byte> Dilate(Volume<byte> mask, double radius) => Where(mask.Geometry, DistanceMap.To(mask, 1), d => d <= radius);

    /// <summary>The voxels that have none outside within <paramref name="radius"/> mm.</summary>
    public static Volume<byte> Erode(Volume<byte> mask, double radius) => Where(mask.Geometry, DistanceMap.To(mask, 0), d => d > radius);

    /// <summary>Closes gaps that are narrower than twice <paramref name="radius"/> mm.</summary>
    public static Volume<byte> Close(Volume<byte> mask, double radius) => Erode(Dilate(mask, radius), radius);

    /// <summary>The mask and every part outside that has no way to the border of the grid through faces of voxels.</summary>
    public static Volume<byte> FillHoles(Volume<byte> mask)
    {
        VolumeGeometry g = mask.Geometry;
        Volume<byte> filled = new(g);
        filled.Voxels.AsSpan().Fill(1);
        Stack<int> open = new();
        for (int n = 0; n < mask.Voxels.Length; n++)
        {
            (int i, int j, int k) = Place(g, n);
            if (i == 0 || j == 0 || k == 0 || i == g.Columns - 1 || j == g.Rows - 1 || k == g.Slices - 1)
                Visit(n);
        }

        int plane = g.Columns * g.Rows;
        while (open.TryPop(out int n))
        {
            (int i, int j, int k) = Place(g, n);
            if (i > 0)
                Visit(n - 1);
            if (i < g.Columns - 1)
                Visit(n + 1);
            if (j > 0)
                Visit(n - g.Columns);
            if (j < g.Rows - 1)
                Visit(n + g.Columns);
            if (k > 0)
                Visit(n - plane);
            if (k < g.Slices - 1)
                Visit(n + plane);
        }

        return filled;

        void Visit(int n)
        {
            if (mask.Voxels[n] != 0 || filled.Voxels[n] == 0)
                return;
            filled.Voxels[n] = 0;
            open.Push(n);
        }
    }

    /// <summary>Radius of the ball that has the volume of the mask, mm.</summary>
    public static double Radius(Volume<byte> mask) => Math.Cbrt(3 / (4 * Math.PI) * mask.Voxels.AsSpan().Count((byte)1) * mask.Geometry.VoxelVolume);

    private static Volume<byte> Where(VolumeGeometry grid, float[] values, Func<float, bool> passes) =>
        new(grid, Array.ConvertAll(values, v => passes(v) ? (byte)1 : (byte)0));

    private static (int I, int J, int K) Place(VolumeGeometry g, int n) => (n % g.Columns, n / g.Columns % g.Rows, n / (g.Columns * g.Rows));
}
