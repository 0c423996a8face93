namespace DicomRn.Learning.Radiomics.Shape;

/// <summary>The convex hull of points in a plane, exact on whole numbers below 2^25 (Andrew's monotone chain).</summary>
internal static class PlanarHull
{
    /// <summary>The corners of the hull, counter-clockwise, without points on its sides.</summary>
    public static List<(double X, double Y)> Of(IEnumerable<(double X, double Y)> points)
    {
        (double X, double Y)[] sorted = [.. points];
        Array.Sort(sorted, (a, b) => a.X != b.X ? a.X.CompareTo(b.X) : a.Y.CompareTo(b.Y));
        if (sorted.Length < 3)
            return [.. sorted.Distinct()];
        List<(double X, double Y)> hull = [];
        Chain(sorted, hull);
        Chain(sorted.Reverse(), hull);
        return hull;
    }

    private static void Chain(IEnumerable<(double X, double Y)> points, List<(double X, double Y)> hull)
    {
        int start = hull.Count;
        foreach ((double X, double Y) p in points)
        {
            while (hull.Count >= start + 2 && Cross(hull[^2], hull[^1], p) <= 0)
                hull.RemoveAt(hull.Count - 1);
            hull.Add(p);
        }

        hull.RemoveAt(hull.Count - 1);
    }

    private static double Cross((double X, double Y) o, (double X, double Y) a, (double X, double Y) b) =>
        (a.X - o.X) * (b.Y - o.Y) - (a.Y - o.Y) * (b.X - o.X);
}
