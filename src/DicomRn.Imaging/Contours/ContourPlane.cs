using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Contours;

/// <summary>
/// The closed contours of one plane, in millimetres along two directions at right angles in it. A point is inside where it is inside an odd
/// number of them (even-odd).
/// </summary>
internal sealed class ContourPlane
{
    // Edges are found by the row of millimetres they pass through.
    private const double RowHeight = 1;

    private readonly List<PixelPoint[]> _contours = [];
    private readonly List<(PixelPoint A, PixelPoint B)> _edges = [];
    private List<int>[] _rows = [];
    private double _low, _high;

    public ContourPlane(double at) => At = at;

    /// <summary>Position along the normal of the planes, mm.</summary>
    public double At { get; }

    /// <summary>Number of contours.</summary>
    public int Count => _contours.Count;

    /// <summary>Whether any of the contours is a plain CLOSED_PLANAR and a corner of one lies in another.</summary>
    public bool IsNested { get; private set; }

    /// <summary>Adds a contour.</summary>
    /// <param name="points">Its corners; the last is joined to the first.</param>
    public void Add(PixelPoint[] points)
    {
        _contours.Add(points);
        for (int n = 0, before = points.Length - 1; n < points.Length; before = n++)
            _edges.Add((points[before], points[n]));
    }

    /// <summary>Ends adding; what follows asks.</summary>
    /// <param name="plain">Whether one of the contours is a plain CLOSED_PLANAR, whose overlaps are not defined.</param>
    public void Close(bool plain)
    {
        _low = _edges.Min(e => Math.Min(e.A.J, e.B.J));
        _high = _edges.Max(e => Math.Max(e.A.J, e.B.J));
        _rows = new List<int>[Row(_high) + 1];
        for (int n = 0; n < _edges.Count; n++)
        {
            (PixelPoint a, PixelPoint b) = _edges[n];
            for (int row = Row(Math.Min(a.J, b.J)); row <= Row(Math.Max(a.J, b.J)); row++)
                (_rows[row] ??= []).Add(n);
        }

        IsNested = plain && _contours.Exists(c => _contours.Exists(o => o != c && new TracedPolygon(o, IsHole: false).Encloses(c[0])));
    }

    /// <summary>Whether a point is inside.</summary>
    public bool IsInside(PixelPoint p)
    {
        if (!(p.J >= _low && p.J <= _high) || _rows[Row(p.J)] is not { } edges)
            return false;
        bool inside = false;
        foreach (int n in edges)
        {
            (PixelPoint b, PixelPoint a) = _edges[n];
            if (a.J > p.J != b.J > p.J && p.I < (b.I - a.I) * (p.J - a.J) / (b.J - a.J) + a.I)
                inside = !inside;
        }

        return inside;
    }

    /// <summary>The distance of a point from the nearest edge, mm.</summary>
    public double Distance(PixelPoint p)
    {
        double nearest = double.MaxValue;
        foreach ((PixelPoint a, PixelPoint b) in _edges)
        {
            double di = b.I - a.I, dj = b.J - a.J, length = di * di + dj * dj;
            double t = length > 0 ? Math.Clamp(((p.I - a.I) * di + (p.J - a.J) * dj) / length, 0, 1) : 0;
            double oi = a.I + t * di - p.I, oj = a.J + t * dj - p.J;
            nearest = Math.Min(nearest, oi * oi + oj * oj);
        }

        return Math.Sqrt(nearest);
    }

    private int Row(double j) => (int)((j - _low) / RowHeight);
}
