using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Contours;

/// <summary>How contours that were drawn on other images of the same frame of reference lie to a grid.</summary>
/// <param name="Points">Number of points.</param>
/// <param name="Inside">Of these, points in the grid or up to one voxel beside it.</param>
/// <param name="LargestPlaneOffset">How far a point inside lies off the nearest slice at most, slices (0 to 0.5).</param>
public sealed record ContourOverlap(int Points, int Inside, double LargestPlaneOffset)
{
    /// <summary>Part of the points inside, 0 to 1; 1 where there are none.</summary>
    public double Part => Points == 0 ? 1 : (double)Inside / Points;

    /// <summary>Compares points with a grid.</summary>
    /// <param name="points">In the frame of reference of the grid.</param>
    /// <param name="grid">Any orientation.</param>
    public static ContourOverlap Of(IEnumerable<PatientPoint> points, VolumeGeometry grid)
    {
        int count = 0, inside = 0;
        double offset = 0;
        foreach (PatientPoint point in points)
        {
            VoxelPoint v = grid.ToVoxel(point);
            count++;
            if (!Within(v.I, grid.Columns) || !Within(v.J, grid.Rows) || !Within(v.K, grid.Slices))
                continue;
            inside++;
            offset = Math.Max(offset, Math.Abs(v.K - Math.Round(v.K)));
        }

        return new ContourOverlap(count, inside, offset);
    }

    private static bool Within(double position, int count) => position >= -1 && position <= count;
}
