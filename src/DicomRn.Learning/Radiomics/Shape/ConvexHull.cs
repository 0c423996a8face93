using DicomRn.Imaging.Geometry;

namespace DicomRn.Learning.Radiomics.Shape;

/// <summary>
/// The convex hull of a mesh, built point by point. Which faces a point sees is decided on whole half voxels, so
/// exactly; the spacing only enters volume and area.
/// </summary>
internal sealed class ConvexHull
{
    private readonly MeshVertex[] _points;
    private List<(int A, int B, int C)> _faces = [];

    private ConvexHull(MeshVertex[] points) => _points = points;

    public IReadOnlyList<(int A, int B, int C)> Faces => _faces;

    public IReadOnlyList<MeshVertex> Points => _points;

    /// <summary>The hull, or null where all vertices lie in a plane.</summary>
    public static ConvexHull? Of(IReadOnlyCollection<MeshVertex> vertices)
    {
        ConvexHull hull = new(MeshDiameters.Corners(vertices));
        return hull.Start() ? hull.Grow() : null;
    }

    /// <summary>Area (mm²) and volume (mm³) with voxels of a size in mm.</summary>
    public (double Area, double Volume) Measure(double spacingI, double spacingJ, double spacingK)
    {
        double area = 0, volume = 0;
        foreach ((int a, int b, int c) in _faces)
        {
            PatientVector p = At(a), q = At(b), r = At(c);
            area += (q - p).Cross(r - p).Length / 2;
            volume += p.Cross(q).Dot(r);
        }

        return (area, Math.Abs(volume) / 6);

        PatientVector At(int n) => new(_points[n].I * spacingI / 2, _points[n].J * spacingJ / 2, _points[n].K * spacingK / 2);
    }

    // A tetrahedron of the first points that span one.
    private bool Start()
    {
        int b = Array.FindIndex(_points, p => p != _points[0]);
        int c = b < 0 ? -1 : Array.FindIndex(_points, p => !Collinear(_points[0], _points[b], p));
        int d = c < 0 ? -1 : Array.FindIndex(_points, p => Above(_points[0], _points[b], _points[c], p) != 0);
        if (d < 0)
            return false;
        if (Above(_points[0], _points[b], _points[c], _points[d]) > 0)
            (b, c) = (c, b);
        _faces = [(0, b, c), (0, d, b), (b, d, c), (c, d, 0)];
        return true;
    }

    private ConvexHull Grow()
    {
        HashSet<(int, int)> rim = [];
        List<(int A, int B, int C)> kept = [];
        for (int n = 0; n < _points.Length; n++)
        {
            rim.Clear();
            kept.Clear();
            foreach ((int a, int b, int c) in _faces)
            {
                if (Above(_points[a], _points[b], _points[c], _points[n]) <= 0)
                {
                    kept.Add((a, b, c));
                    continue;
                }

                Toggle(a, b);
                Toggle(b, c);
                Toggle(c, a);
            }

            if (rim.Count == 0)
                continue;
            foreach ((int a, int b) in rim)
                kept.Add((a, b, n));
            (_faces, kept) = (kept, _faces);
        }

        return this;

        // An edge between two faces that are both seen is not on the rim.
        void Toggle(int a, int b)
        {
            if (!rim.Remove((b, a)))
                rim.Add((a, b));
        }
    }

    private static bool Collinear(MeshVertex a, MeshVertex b, MeshVertex c)
    {
        (long x, long y, long z) = Cross(a, b, c);
        return x == 0 && y == 0 && z == 0;
    }

    private static long Above(MeshVertex a, MeshVertex b, MeshVertex c, MeshVertex p)
    {
        (long x, long y, long z) = Cross(a, b, c);
        return x * (p.I - a.I) + y * (p.J - a.J) + z * (p.K - a.K);
    }

    private static (long X, long Y, long Z) Cross(MeshVertex a, MeshVertex b, MeshVertex c)
    {
        long ui = b.I - a.I, uj = b.J - a.J, uk = b.K - a.K, vi = c.I - a.I, vj = c.J - a.J, vk = c.K - a.K;
        return (uj * vk - uk * vj, uk * vi - ui * vk, ui * vj - uj * vi);
    }
}
