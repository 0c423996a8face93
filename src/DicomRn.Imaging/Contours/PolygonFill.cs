using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Contours;

/// <summary>
/// The pixels of a slice whose centre lies inside an odd number of closed polygons. A pixel centre exactly on an edge
/// is inside if the polygon lies towards larger I (or, on an edge along a row, towards larger J), and outside else: polygons that
/// share an edge share no pixel and leave none out.
/// </summary>
public sealed class PolygonFill
{
    private readonly int _columns;
    private readonly int _rows;

    // Where the fill turns in or out, for the rows from _first on; the rest of the slice is outside.
    private bool[] _crossings = [];
    private int _first;
    private int _end;

    /// <summary>An empty slice.</summary>
    public PolygonFill(int columns, int rows)
    {
        _columns = columns;
        _rows = rows;
    }

    /// <summary>Adds a closed polygon, which turns what is inside it inside out (even-odd rule).</summary>
    /// <param name="points">In pixels, whole numbers at pixel centres; they may lie outside the slice. The last is joined to the first.</param>
    public void Add(ReadOnlySpan<PixelPoint> points)
    {
        if (points.IsEmpty)
            return;
        double low = double.MaxValue, high = double.MinValue;
        foreach (PixelPoint p in points)
            (low, high) = (Math.Min(low, p.J), Math.Max(high, p.J));
        MakeRoom(Row(low), Row(high));
        for (int n = 0; n < points.Length; n++)
            AddEdge(points[n], points[n + 1 < points.Length ? n + 1 : 0]);
    }

    /// <summary>Writes 1 to every pixel that is inside, leaves the others, and returns how many were inside.</summary>
    /// <param name="slice">Columns × rows pixels, I fastest.</param>
    public int Fill(Span<byte> slice)
    {
        int count = 0;
        for (int j = _first; j < _end; j++)
        {
            ReadOnlySpan<bool> crossings = _crossings.AsSpan((j - _first) * _columns, _columns);
            Span<byte> row = slice.Slice(j * _columns, _columns);
            for (int n = crossings.IndexOf(true); n >= 0;)
            {
                int length = n + 1 < _columns ? crossings[(n + 1)..].IndexOf(true) : -1;
                int end = length < 0 ? _columns : n + 1 + length;
                row[n..end].Fill(1);
                count += end - n;
                int next = end + 1 < _columns ? crossings[(end + 1)..].IndexOf(true) : -1;
                n = next < 0 ? -1 : end + 1 + next;
            }
        }

        return count;
    }

    private int Row(double j) => (int)Math.Clamp(Math.Ceiling(j), 0, _rows);

    private void MakeRoom(int first, int end)
    {
        if (_crossings.Length == 0)
        {
            (_crossings, _first, _end) = (new bool[(end - first) * _columns], first, end);
            return;
        }

        (first, end) = (Math.Min(first, _first), Math.Max(end, _end));
        if (first == _first && end == _end)
            return;
        bool[] wider = new bool[(end - first) * _columns];
        _crossings.CopyTo(wider, (_first - first) * _columns);
        (_crossings, _first, _end) = (wider, first, end);
    }

    private void AddEdge(PixelPoint a, PixelPoint b)
    {
        // An edge and its reverse must cross at the same place to the last bit: a keyhole's channel has no width.
        if (b.J < a.J || (b.J == a.J && b.I < a.I))
            (a, b) = (b, a);
        int first = Row(a.J), end = Row(b.J);
        double slope = (b.I - a.I) / (b.J - a.J);
        for (int j = first; j < end; j++)
        {
            double column = Math.Ceiling(a.I + (j - a.J) * slope);
            if (column < _columns)
                _crossings[(j - _first) * _columns + (int)Math.Max(column, 0)] ^= true;
        }
    }
}
