using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Volumes;

/// <summary>Long and short axis of a mask on one slice.</summary>
internal static class SliceAxes
{
    public static (LesionAxis Long, LesionAxis Short) Measure(Volume<byte> mask, int k)
    {
        VolumeGeometry grid = mask.Geometry;
        IReadOnlyList<TracedPolygon> polygons = ContourTracer.Trace(mask.Slice(k), grid.Columns);
        (Point A, Point B) axis = default;
        double best = -1;
        TracedPolygon? outline = null;
        foreach (TracedPolygon polygon in polygons.Where(p => !p.IsHole))
        {
            Point[] hull = ConvexHull([.. polygon.Points.Select(p => new Point(p.I * grid.SpacingI, p.J * grid.SpacingJ))]);
            foreach (Point a in hull)
            {
                foreach (Point b in hull)
                {
                    if ((b - a).LengthSquared <= best)
                        continue;
                    (axis, best, outline) = ((a, b), (b - a).LengthSquared, polygon);
                }
            }
        }

        Point[] corners = [.. outline!.Points.Select(p => new Point(p.I * grid.SpacingI, p.J * grid.SpacingJ))];
        (Point C, Point D) across = LongestAcross(corners, (axis.B - axis.A) * (1 / Math.Sqrt(best)), Math.Sqrt(best));
        return (ToAxis(grid, k, axis.A, axis.B), ToAxis(grid, k, across.C, across.D));
    }

    private static LesionAxis ToAxis(VolumeGeometry grid, int k, Point a, Point b) => new(
        grid.ToPatient(new VoxelPoint(a.X / grid.SpacingI, a.Y / grid.SpacingJ, k)),
        grid.ToPatient(new VoxelPoint(b.X / grid.SpacingI, b.Y / grid.SpacingJ, k)));

    // A chord's length changes linearly between the corners of the outline, so the longest one passes a corner.
    private static (Point C, Point D) LongestAcross(Point[] corners, Point along, double length)
    {
        Point across = new(-along.Y, along.X);
        (Point C, Point D) longest = (corners[0], corners[0]);
        double best = 0;
        List<double> crossings = [];
        foreach (double corner in corners.Select(c => c.Dot(along)).Distinct())
        {
            foreach (double shift in new[] { -1e-7 * length, 1e-7 * length })
            {
                double at = corner + shift;
                crossings.Clear();
                for (int n = 0; n < corners.Length; n++)
                {
                    Point a = corners[n], b = corners[(n + 1) % corners.Length];
                    double s = a.Dot(along), t = b.Dot(along);
                    if (s > at != t > at)
                        crossings.Add(a.Dot(across) + (at - s) / (t - s) * (b - a).Dot(across));
                }

                crossings.Sort();
                for (int n = 0; n + 1 < crossings.Count; n += 2)
                {
                    if (crossings[n + 1] - crossings[n] <= best)
                        continue;
                    best = crossings[n + 1] - crossings[n];
                    longest = (along * at + across * crossings[n], along * at + across * crossings[n + 1]);
                }
            }
        }

        return longest;
    }

    // Andrew's monotone chain.
    private static Point[] ConvexHull(Point[] points)
    {
        Point[] sorted = [.. points.OrderBy(p => p.X).ThenBy(p => p.Y)];
        List<Point> hull = [];
        foreach (Point[] pass in new[] { sorted, [.. sorted.Reverse()] })
        {
            int start = hull.Count;
            foreach (Point p in pass)
            {
                while (hull.Count >= start + 2 && (hull[^1] - hull[^2]).Cross(p - hull[^1]) <= 0)
                    hull.RemoveAt(hull.Count - 1);
                hull.Add(p);
            }

            hull.RemoveAt(hull.Count - 1);
        }

        return [.. hull];
    }

    private readonly record struct Point(double X, double Y)
    {
        public double LengthSquared => X * X + Y * Y;

        public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y);

        public static Point operator -(Point a, Point b) => new(a.X - b.X, a.Y - b.Y);

        public static Point operator *(Point a, double s) => new(a.X * s, a.Y * s);

        public double Dot(Point b) => X * b.X + Y * b.Y;

        public double Cross(Point b) => X * b.Y - Y * b.X;
    }
}
