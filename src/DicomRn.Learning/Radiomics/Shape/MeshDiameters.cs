namespace DicomRn.Learning.Radiomics.Shape;

/// <summary>Largest distances between the vertices of a mesh, mm.</summary>
/// <param name="Overall">Between any two (IBSI 3.1.11).</param>
/// <param name="InSlice">Between two at the same place along K (PyRadiomics' Slice).</param>
/// <param name="InColumn">Between two at the same place along J.</param>
/// <param name="InRow">Between two at the same place along I.</param>
internal readonly record struct MeshDiameters(double Overall, double InSlice, double InColumn, double InRow)
{
    public static MeshDiameters Of(IReadOnlyCollection<MeshVertex> vertices, double spacingI, double spacingJ, double spacingK)
    {
        (double si, double sj, double sk) = (spacingI / 2, spacingJ / 2, spacingK / 2);
        MeshVertex[] corners = Corners(vertices);
        double overall = 0;
        for (int a = 0; a < corners.Length; a++)
        {
            for (int b = a + 1; b < corners.Length; b++)
            {
                double x = (corners[a].I - corners[b].I) * si, y = (corners[a].J - corners[b].J) * sj, z = (corners[a].K - corners[b].K) * sk;
                overall = Math.Max(overall, x * x + y * y + z * z);
            }
        }

        return new MeshDiameters(
            Math.Sqrt(overall),
            Widest(vertices, v => v.K, v => (v.I, v.J), si, sj),
            Widest(vertices, v => v.J, v => (v.I, v.K), si, sk),
            Widest(vertices, v => v.I, v => (v.J, v.K), sj, sk));
    }

    /// <summary>The vertices that are corners of the convex hull of their plane across K: all that a hull or a diameter can need.</summary>
    public static MeshVertex[] Corners(IReadOnlyCollection<MeshVertex> vertices) =>
        [.. vertices.GroupBy(v => v.K).SelectMany(
            plane => PlanarHull.Of(plane.Select(v => ((double)v.I, (double)v.J))).Select(p => new MeshVertex((int)p.X, (int)p.Y, plane.Key)))];

    private static double Widest(
        IReadOnlyCollection<MeshVertex> vertices, Func<MeshVertex, int> plane, Func<MeshVertex, (double, double)> within, double sx, double sy)
    {
        double widest = 0;
        foreach (IGrouping<int, MeshVertex> group in vertices.GroupBy(plane))
        {
            List<(double X, double Y)> hull = PlanarHull.Of(group.Select(within));
            for (int a = 0; a < hull.Count; a++)
            {
                for (int b = a + 1; b < hull.Count; b++)
                {
                    double x = (hull[a].X - hull[b].X) * sx, y = (hull[a].Y - hull[b].Y) * sy;
                    widest = Math.Max(widest, x * x + y * y);
                }
            }
        }

        return Math.Sqrt(widest);
    }
}
