using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Contours;

/// <summary>
/// Lays closed contours onto a grid in any orientation to them, as is the case after a registration: a voxel is inside where its centre,
/// moved along the normal onto the nearest plane of contours, is inside by even-odd. A plane reaches half of the distance to the next
/// one, the outermost planes as far outwards.
/// </summary>
public static class ContourSlabs
{
    private const double SamePlane = 0.05, LargestTilt = 0.5;

    /// <summary>The mask.</summary>
    /// <param name="roi">The region; its planar contours must be parallel.</param>
    /// <param name="grid">The grid, in the coordinates of the contours.</param>
    /// <param name="loneThickness">Thickness of a region of one plane, mm.</param>
    /// <exception cref="InvalidDataException">There is no closed contour, or they are not parallel planes.</exception>
    public static Volume<byte> Rasterize(RtRoi roi, VolumeGeometry grid, double loneThickness = 1)
    {
        PatientPoint[][] closed = [.. roi.Contours
            .Where(c => c.GeometricType is ContourGeometricType.ClosedPlanar or ContourGeometricType.ClosedPlanarXor && c.Points.Count >= 3)
            .Select(c => c.Points.ToArray())];
        if (closed.Length == 0)
            throw new InvalidDataException("it has no closed contour");
        PatientVector normal = Normal(closed);
        (PatientVector u, PatientVector v) = Axes(normal);
        List<(double At, List<PixelPoint[]> Contours)> planes = Planes(closed, normal, u, v);
        double step = planes.Count > 1 ? Enumerable.Range(1, planes.Count - 1).Select(n => planes[n].At - planes[n - 1].At).Order().ElementAt((planes.Count - 1) / 2) : loneThickness;
        Volume<byte> mask = new(grid);
        (PatientPoint low, PatientPoint high) = Bounds(closed, step);
        Parallel.For(0, grid.Slices, k =>
        {
            Span<byte> slice = mask.Slice(k);
            for (int n = 0; n < slice.Length; n++)
            {
                PatientPoint p = grid.ToPatient(new VoxelPoint(n % grid.Columns, n / grid.Columns, k));
                if (p.X < low.X || p.Y < low.Y || p.Z < low.Z || p.X > high.X || p.Y > high.Y || p.Z > high.Z)
                    continue;
                PatientVector d = p - PatientPoint.Origin;
                if (Nearest(planes, d.Dot(normal), step) is { } contours && IsInside(contours, new PixelPoint(d.Dot(u), d.Dot(v))))
                    slice[n] = 1;
            }
        });
        return mask;
    }

    // Newell's normal of the largest contour: robust against points on one line.
    private static PatientVector Normal(PatientPoint[][] contours)
    {
        PatientVector largest = default;
        foreach (PatientPoint[] points in contours)
        {
            PatientVector sum = default;
            for (int n = 0; n < points.Length; n++)
                sum += (points[n] - points[0]).Cross(points[(n + 1) % points.Length] - points[0]);
            if (sum.Length > largest.Length)
                largest = sum;
        }

        return largest.Length > 0 ? largest.Normalized() : throw new InvalidDataException("its contours enclose no area");
    }

    private static (PatientVector U, PatientVector V) Axes(PatientVector normal)
    {
        PatientVector across = Math.Abs(normal.X) < 0.8 ? new PatientVector(1, 0, 0) : new PatientVector(0, 1, 0);
        PatientVector u = across.Cross(normal).Normalized();
        return (u, normal.Cross(u));
    }

    private static List<(double At, List<PixelPoint[]> Contours)> Planes(PatientPoint[][] contours, PatientVector normal, PatientVector u, PatientVector v)
    {
        List<(double At, List<PixelPoint[]> Contours)> planes = [];
        foreach ((double at, PatientPoint[] points) in contours
            .Select(points => (points.Average(p => (p - PatientPoint.Origin).Dot(normal)), points)).OrderBy(c => c.Item1))
        {
            if (points.Max(p => Math.Abs((p - PatientPoint.Origin).Dot(normal) - at)) > LargestTilt)
                throw new InvalidDataException("its contours do not lie in parallel planes");
            if (planes.Count == 0 || at - planes[^1].At > SamePlane)
                planes.Add((at, []));
            planes[^1].Contours.Add(Array.ConvertAll(points, p => new PixelPoint((p - PatientPoint.Origin).Dot(u), (p - PatientPoint.Origin).Dot(v))));
        }

        return planes;
    }

    private static (PatientPoint Low, PatientPoint High) Bounds(PatientPoint[][] contours, double margin)
    {
        PatientPoint[] all = [.. contours.SelectMany(c => c)];
        return (
            new PatientPoint(all.Min(p => p.X) - margin, all.Min(p => p.Y) - margin, all.Min(p => p.Z) - margin),
            new PatientPoint(all.Max(p => p.X) + margin, all.Max(p => p.Y) + margin, all.Max(p => p.Z) + margin));
    }

    // A gap wider than the usual distance is a gap, not a long extrusion.
    private static List<PixelPoint[]>? Nearest(List<(double At, List<PixelPoint[]> Contours)> planes, double at, double step)
    {
        int best = 0;
        for (int n = 1; n < planes.Count; n++)
        {
            if (Math.Abs(planes[n].At - at) < Math.Abs(planes[best].At - at))
                best = n;
        }

        return Math.Abs(planes[best].At - at) <= step / 2 + 1e-6 ? planes[best].Contours : null;
    }

    private static bool IsInside(List<PixelPoint[]> contours, PixelPoint p)
    {
        bool inside = false;
        foreach (PixelPoint[] points in contours)
        {
            for (int n = 0, before = points.Length - 1; n < points.Length; before = n++)
            {
                PixelPoint a = points[n], b = points[before];
                if (a.J > p.J != b.J > p.J && p.I < (b.I - a.I) * (p.J - a.J) / (b.J - a.J) + a.I)
                    inside = !inside;
            }
        }

        return inside;
    }
}
