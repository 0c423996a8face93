namespace DicomRn.Learning.Radiomics.Shape;

/// <summary>
/// The triangles of a cube of 8 voxel centres for each of its 256 patterns of inside and outside (Lorensen and Cline 1987), worked
/// out rather than listed: outlines are traced over the faces, then cut into triangles so that area and volume are those of the customary
/// tables. As in the original, a pattern and its complement have the same triangles. Corner n lies at (n &amp; 1, n &gt;&gt; 1 &amp; 1, n &gt;&gt; 2);
/// vertices are given twice their position, from 0 to 2 on each axis.
/// </summary>
internal static class MarchingCubes
{
    // Of a pattern and its complement, the one with this corner (0, 1, 1) outside decides how faces with two opposite corners
    // inside are cut: the inside corners are kept apart.
    private const int DecidingCorner = 6;

    // The corners of each face, counter-clockwise seen from outside.
    private static readonly int[][] Faces = [[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]];

    /// <summary>For each pattern (bit n for corner n) the vertices of its triangles, three after three, outward.</summary>
    public static CubeVertex[][] Triangles { get; } = [.. Enumerable.Range(0, 256).Select(Build)];

    private static CubeVertex[] Build(int pattern)
    {
        bool inverted = (pattern >> DecidingCorner & 1) != 0;
        int solid = inverted ? ~pattern & 0xFF : pattern;
        Dictionary<int, int> next = [];
        foreach (int[] face in Faces)
            JoinEdges(face, solid, next);

        List<CubeVertex> triangles = [];
        while (next.Count > 0)
        {
            List<CubeVertex> outline = [];
            for (int edge = next.Keys.Min(); next.Remove(edge, out int following); edge = following)
                outline.Add(CubeVertex.OnEdge(edge));
            triangles.AddRange(Triangulate(outline));
        }

        if (inverted)
            triangles.Reverse();
        return [.. triangles];
    }

    // In each run of inside corners around a face, the outline leads from the edge where it ends to the one where it begins.
    private static void JoinEdges(int[] face, int solid, Dictionary<int, int> next)
    {
        for (int n = 0; n < 4; n++)
        {
            if (Inside(face[n]) || !Inside(face[(n + 1) % 4]))
                continue;
            int end = n + 1;
            while (Inside(face[(end + 1) % 4]))
                end++;
            next[Edge(face[end % 4], face[(end + 1) % 4])] = Edge(face[n], face[(n + 1) % 4]);
        }

        bool Inside(int corner) => (solid >> corner & 1) != 0;
    }

    private static int Edge(int a, int b) => Math.Min(a, b) * 8 + Math.Max(a, b);

    // In the customary tables outlines of up to six vertices have, of all triangulations, one of the largest area and among these
    // the middle volume; those of seven are a fan from the vertex in their mirror plane.
    private static List<CubeVertex> Triangulate(List<CubeVertex> outline)
    {
        if (outline.Count == 7)
            return Fan(outline);
        List<CubeVertex>[] all = [.. All(outline)];
        double largest = all.Max(Area);
        List<CubeVertex>[] widest = [.. all.Where(t => Area(t) > largest - 1e-9).OrderBy(Volume)];
        return widest[widest.Length / 2];
    }

    private static IEnumerable<List<CubeVertex>> All(List<CubeVertex> outline)
    {
        if (outline.Count < 3)
        {
            yield return [];
            yield break;
        }

        for (int m = 1; m < outline.Count - 1; m++)
        {
            foreach (List<CubeVertex> before in All(outline[..(m + 1)]))
                foreach (List<CubeVertex> after in All(outline[m..]))
                    yield return [outline[0], outline[m], outline[^1], .. before, .. after];
        }
    }

    private static double Area(List<CubeVertex> triangles) =>
        triangles.Chunk(3).Sum(t => CubeVertex.Area(t[0], t[1], t[2]));

    private static int Volume(List<CubeVertex> triangles) =>
        triangles.Chunk(3).Sum(t => CubeVertex.Determinant(t[0], t[1], t[2]));

    private static List<CubeVertex> Fan(List<CubeVertex> outline)
    {
        int n = outline.Count;
        int start = Enumerable.Range(0, n).First(v => Enumerable.Range(1, n / 2).All(
            d => CubeVertex.SquaredDistance(outline[v], outline[(v + d) % n]) == CubeVertex.SquaredDistance(outline[v], outline[(v + n - d) % n])));
        return [.. Enumerable.Range(1, n - 2).SelectMany(d => new[] { outline[start], outline[(start + d) % n], outline[(start + d + 1) % n] })];
    }
}
