using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Contours;

/// <summary>
/// Closed contours in parallel planes as a shape, for grids whose slices are not the planes of the contours: turned or tilted ones, slices
/// between the planes, thinner slices. Between two planes the signed distances from the contours are interpolated (shape-based
/// interpolation, Raya and Udupa 1990): where both agree a point is inside or outside, else the nearer outline decides. The outermost planes
/// reach half the usual distance of planes outwards, and so do those beside a gap of more than one and a half of it.
/// </summary>
public sealed class ContourShape
{
    private const double SamePlane = 0.05, LargestSpread = 0.5, WidestGap = 1.5, OnPlane = 1e-6;

    private readonly List<ContourPlane> _planes;
    private readonly double[] _at;
    private readonly double _step;
    private readonly PatientVector _u, _v;
    private readonly PatientPoint _low, _high;

    private ContourShape(List<ContourPlane> planes, PatientVector normal, double step, PatientPoint low, PatientPoint high)
    {
        (_planes, Normal, _step, _low, _high) = (planes, normal, step, low, high);
        (_u, _v) = Axes(normal);
        _at = [.. planes.Select(p => p.At)];
    }

    /// <summary>Unit normal of the planes.</summary>
    public PatientVector Normal { get; }

    /// <summary>The usual distance of planes, mm.</summary>
    public double PlaneSpacing => _step;

    /// <summary>Number of planes.</summary>
    public int Planes => _planes.Count;

    /// <summary>Contours that make the shape.</summary>
    public int Contours => _planes.Sum(p => p.Count);

    /// <summary>Contours left out because they do not lie in a plane parallel to the others.</summary>
    public int NotParallel { get; private init; }

    /// <summary>Planes on which plain CLOSED_PLANAR contours overlap.</summary>
    public int NestedPlanes => _planes.Count(p => p.IsNested);

    /// <summary>The shape of a region.</summary>
    /// <param name="roi">The region; what is no closed contour is not used.</param>
    /// <param name="loneThickness">Thickness of a region of one plane, mm.</param>
    /// <exception cref="InvalidDataException">No closed contour encloses an area, or most do not lie in parallel planes.</exception>
    public static ContourShape Of(RtRoi roi, double loneThickness = 1) =>
        TryOf([.. roi.Contours.Where(IsClosed)], loneThickness)
        ?? throw new InvalidDataException("its closed contours, if there are any, enclose no area or do not lie in parallel planes");

    /// <summary>The shape of closed contours; null where they enclose no area, or most do not lie in parallel planes.</summary>
    internal static ContourShape? TryOf(IReadOnlyList<RtContour> closed, double loneThickness)
    {
        if (NormalOf(closed) is not { } normal)
            return null;
        (RtContour Contour, double At)[] parallel =
        [
            .. closed.Select(c => (Contour: c, At: c.Points.Average(p => Height(p, normal))))
                .Where(c => c.Contour.Points.Max(p => Math.Abs(Height(p, normal) - c.At)) <= LargestSpread).OrderBy(c => c.At),
        ];
        if (parallel.Length * 2 < closed.Count)
            return null;
        List<ContourPlane> planes = PlanesOf(parallel, normal);
        double step = planes.Count > 1
            ? Enumerable.Range(1, planes.Count - 1).Select(n => planes[n].At - planes[n - 1].At).Order().ElementAt((planes.Count - 1) / 2)
            : loneThickness;
        PatientPoint[] points = [.. parallel.SelectMany(c => c.Contour.Points)];
        PatientVector reach = new(step, step, step);
        return new ContourShape(
            planes, normal, step,
            new PatientPoint(points.Min(p => p.X), points.Min(p => p.Y), points.Min(p => p.Z)) + -reach,
            new PatientPoint(points.Max(p => p.X), points.Max(p => p.Y), points.Max(p => p.Z)) + reach)
        { NotParallel = closed.Count - parallel.Length };
    }

    /// <summary>The mask on a grid in the coordinates of the contours.</summary>
    /// <param name="grid">Any orientation.</param>
    public Volume<byte> Rasterize(VolumeGeometry grid)
    {
        Volume<byte> mask = new(grid);
        Fill(mask);
        return mask;
    }

    /// <summary>Writes 1 to the voxels of a mask that are in the shape; all of them are in the slices that it returns.</summary>
    internal Range Fill(Volume<byte> mask)
    {
        VolumeGeometry grid = mask.Geometry;
        VoxelPoint[] corners =
        [
            .. from x in new[] { _low.X, _high.X } from y in new[] { _low.Y, _high.Y } from z in new[] { _low.Z, _high.Z }
               select grid.ToVoxel(new PatientPoint(x, y, z)),
        ];
        (int i0, int i1) = Range(corners.Select(c => c.I), grid.Columns);
        (int j0, int j1) = Range(corners.Select(c => c.J), grid.Rows);
        (int k0, int k1) = Range(corners.Select(c => c.K), grid.Slices);
        Parallel.For(k0, k1, k =>
        {
            Span<byte> slice = mask.Slice(k);
            for (int j = j0; j < j1; j++)
                for (int i = i0; i < i1; i++)
                    if (Contains(grid.ToPatient(new VoxelPoint(i, j, k))))
                        slice[j * grid.Columns + i] = 1;
        });
        return k0..Math.Max(k0, k1);
    }

    /// <summary>Whether a point is in the shape.</summary>
    /// <param name="point">LPS, mm.</param>
    public bool Contains(PatientPoint point)
    {
        PatientVector d = point - PatientPoint.Origin;
        double at = d.Dot(Normal);
        if (at < _at[0] - _step || at > _at[^1] + _step)
            return false;
        PixelPoint p = new(d.Dot(_u), d.Dot(_v));
        int upper = Array.BinarySearch(_at, at);
        if (upper < 0)
            upper = ~upper;
        if (upper < _at.Length && _at[upper] - at <= OnPlane)
            return _planes[upper].IsInside(p);
        int lower = upper - 1;
        if (lower >= 0 && at - _at[lower] <= OnPlane)
            return _planes[lower].IsInside(p);
        return lower >= 0 && upper < _at.Length && _at[upper] - _at[lower] <= WidestGap * _step
            ? Between(_planes[lower], _planes[upper], at, p)
            : Beside(lower, at, p) || Beside(upper, at, p);
    }

    /// <summary>Whether a contour encloses anything by its type and number of points.</summary>
    internal static bool IsClosed(RtContour contour) =>
        contour.GeometricType is ContourGeometricType.ClosedPlanar or ContourGeometricType.ClosedPlanarXor && contour.Points.Count >= 3;

    private static bool Between(ContourPlane lower, ContourPlane upper, double at, PixelPoint p)
    {
        bool below = lower.IsInside(p), above = upper.IsInside(p);
        if (below == above)
            return below;
        double weight = (at - lower.At) / (upper.At - lower.At);
        double inLower = lower.Distance(p) * (below ? 1 : -1), inUpper = upper.Distance(p) * (above ? 1 : -1);
        return inLower * (1 - weight) + inUpper * weight > 0;
    }

    private bool Beside(int plane, double at, PixelPoint p) =>
        plane >= 0 && plane < _at.Length && Math.Abs(_at[plane] - at) <= _step / 2 + OnPlane && _planes[plane].IsInside(p);

    private static (int First, int End) Range(IEnumerable<double> positions, int count) => (
        (int)Math.Clamp(Math.Floor(positions.Min()), 0, count), (int)Math.Clamp(Math.Ceiling(positions.Max()) + 1, 0, count));

    // Newell's normal of the largest contour: robust against points on one line.
    private static PatientVector? NormalOf(IReadOnlyList<RtContour> contours)
    {
        PatientVector largest = default;
        foreach (IReadOnlyList<PatientPoint> points in contours.Select(c => c.Points))
        {
            PatientVector sum = default;
            for (int n = 0; n < points.Count; n++)
                sum += (points[n] - points[0]).Cross(points[(n + 1) % points.Count] - points[0]);
            if (sum.Length > largest.Length)
                largest = sum;
        }

        return largest.Length > 0 ? largest.Normalized() : null;
    }

    private static double Height(PatientPoint p, PatientVector normal) => (p - PatientPoint.Origin).Dot(normal);

    private static (PatientVector U, PatientVector V) Axes(PatientVector normal)
    {
        PatientVector across = Math.Abs(normal.X) < 0.8 ? new PatientVector(1, 0, 0) : new PatientVector(0, 1, 0);
        PatientVector u = across.Cross(normal).Normalized();
        return (u, normal.Cross(u));
    }

    private static List<ContourPlane> PlanesOf((RtContour Contour, double At)[] parallel, PatientVector normal)
    {
        (PatientVector u, PatientVector v) = Axes(normal);
        List<ContourPlane> planes = [];
        List<bool> plain = [];
        foreach ((RtContour contour, double at) in parallel)
        {
            if (planes.Count == 0 || at - planes[^1].At > SamePlane)
            {
                planes.Add(new ContourPlane(at));
                plain.Add(false);
            }

            planes[^1].Add([.. contour.Points.Select(p => new PixelPoint(Height(p, u), Height(p, v)))]);
            plain[^1] |= contour.GeometricType == ContourGeometricType.ClosedPlanar;
        }

        for (int n = 0; n < planes.Count; n++)
            planes[n].Close(plain[n]);
        return planes;
    }
}
