using DicomRn.Imaging.Geometry;

namespace DicomRn.Learning.Radiomics.Shape;

/// <summary>A rectangular block by the lengths of its edges, mm.</summary>
internal readonly record struct BoundingBlock(double A, double B, double C)
{
    public double Volume => A * B * C;

    public double Area => 2 * (A * B + A * C + B * C);

    /// <summary>
    /// The smallest block around a hull among those that lie flat on one of its faces (IBSI 3.1.19): within that plane the rectangle of
    /// least area, one side of which lies on a side of the projected hull.
    /// </summary>
    /// <param name="corners">The corners of the hull, mm.</param>
    /// <param name="normals">The unit normals of its faces.</param>
    public static BoundingBlock Oriented(PatientVector[] corners, IReadOnlyList<PatientVector> normals)
    {
        BoundingBlock[] blocks = new BoundingBlock[normals.Count];
        Parallel.For(0, blocks.Length, n => blocks[n] = FlatOn(corners, normals[n]));
        return blocks.MinBy(b => b.Volume);
    }

    private static BoundingBlock FlatOn(PatientVector[] corners, PatientVector normal)
    {
        PatientVector u = normal.Cross(Math.Abs(normal.X) < 0.9 ? new PatientVector(1, 0, 0) : new PatientVector(0, 1, 0)).Normalized();
        PatientVector v = normal.Cross(u);
        double height = Extent(corners.Select(p => p.Dot(normal)));
        List<(double X, double Y)> outline = PlanarHull.Of(corners.Select(p => (p.Dot(u), p.Dot(v))));
        BoundingBlock best = new(double.PositiveInfinity, 1, 1);
        for (int n = 0; n < outline.Count; n++)
        {
            (double dx, double dy) = (outline[(n + 1) % outline.Count].X - outline[n].X, outline[(n + 1) % outline.Count].Y - outline[n].Y);
            double length = Math.Sqrt(dx * dx + dy * dy);
            (dx, dy) = (dx / length, dy / length);
            BoundingBlock block = new(Extent(outline.Select(p => p.X * dx + p.Y * dy)), Extent(outline.Select(p => p.Y * dx - p.X * dy)), height);
            if (block.Volume < best.Volume)
                best = block;
        }

        return best;
    }

    private static double Extent(IEnumerable<double> positions)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double p in positions)
            (low, high) = (Math.Min(low, p), Math.Max(high, p));
        return high - low;
    }
}
