using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Refinement;

/// <summary>How far the surfaces of two masks lie apart.</summary>
internal static class SurfaceDistance
{
    /// <summary>The mean over the border voxels of both of the distance to the other's surface, mm. Neither is empty.</summary>
    public static double Mean(Volume<byte> a, Volume<byte> b)
    {
        (double sumA, long countA) = Sum(a, b);
        (double sumB, long countB) = Sum(b, a);
        return (sumA + sumB) / (countA + countB);
    }

    private static (double Sum, long Count) Sum(Volume<byte> from, Volume<byte> to)
    {
        float[] distance = DistanceMap.To(Border(to), 1);
        Volume<byte> border = Border(from);
        double sum = 0;
        long count = 0;
        for (int n = 0; n < distance.Length; n++)
        {
            if (border.Voxels[n] == 0)
                continue;
            sum += distance[n];
            count++;
        }

        return (sum, count);
    }

    // Voxels inside with a face to the outside; the border of the grid is none.
    private static Volume<byte> Border(Volume<byte> mask)
    {
        VolumeGeometry g = mask.Geometry;
        Volume<byte> border = new(g);
        int plane = g.Columns * g.Rows;
        for (int n = 0; n < mask.Voxels.Length; n++)
        {
            if (mask.Voxels[n] == 0)
                continue;
            (int i, int j, int k) = (n % g.Columns, n / g.Columns % g.Rows, n / plane);
            bool edge = (i > 0 && mask.Voxels[n - 1] == 0) || (i < g.Columns - 1 && mask.Voxels[n + 1] == 0)
                || (j > 0 && mask.Voxels[n - g.Columns] == 0) || (j < g.Rows - 1 && mask.Voxels[n + g.Columns] == 0)
                || (k > 0 && mask.Voxels[n - plane] == 0) || (k < g.Slices - 1 && mask.Voxels[n + plane] == 0);
            border.Voxels[n] = edge ? (byte)1 : (byte)0;
        }

        return border;
    }
}
