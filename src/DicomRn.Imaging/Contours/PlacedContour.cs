using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Contours;

/// <summary>A closed contour in the voxels of a grid.</summary>
internal readonly struct PlacedContour
{
    private readonly PixelPoint[] _points;

    private PlacedContour(ContourGeometricType type, PixelPoint[] points, double plane, double spread)
    {
        (Type, _points, Plane, Spread) = (type, points, plane, spread);
        Slice = (int)Math.Clamp(Math.Floor(plane + 0.5), -1, int.MaxValue);
    }

    /// <summary>CLOSED_PLANAR or CLOSEDPLANAR_XOR.</summary>
    public ContourGeometricType Type { get; }

    /// <summary>In the plane of the slices.</summary>
    public ReadOnlySpan<PixelPoint> Points => _points;

    /// <summary>Mean position, slices from the first.</summary>
    public double Plane { get; }

    /// <summary>How far a point lies off the mean position at most, slices.</summary>
    public double Spread { get; }

    /// <summary>The nearest slice.</summary>
    public int Slice { get; }

    /// <summary>How far a point lies off the nearest slice at most, slices.</summary>
    public double Offset => Math.Abs(Plane - Slice) + Spread;

    /// <summary>Finds the place of a contour.</summary>
    public static PlacedContour On(VolumeGeometry grid, RtContour contour)
    {
        PixelPoint[] points = new PixelPoint[contour.Points.Count];
        double sum = 0, low = double.MaxValue, high = double.MinValue;
        for (int n = 0; n < points.Length; n++)
        {
            VoxelPoint v = grid.ToVoxel(contour.Points[n]);
            points[n] = new PixelPoint(v.I, v.J);
            sum += v.K;
            (low, high) = (Math.Min(low, v.K), Math.Max(high, v.K));
        }

        double plane = sum / points.Length;
        return new PlacedContour(contour.GeometricType, points, plane, Math.Max(plane - low, high - plane));
    }

    /// <summary>Whether a part of it lies beside the slices.</summary>
    public bool LeavesGrid(VolumeGeometry grid) => _points.Any(p =>
        p.I < -0.5 || p.J < -0.5 || p.I > grid.Columns - 0.5 || p.J > grid.Rows - 0.5);
}
