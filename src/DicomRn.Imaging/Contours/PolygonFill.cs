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
    private readonly bool[] _crossings;

    /// <summary>An empty slice.</summary>
    public PolygonFill(int columns, int rows)
    {
        _columns = columns;
        _rows = rows;
        _crossings = new bool[columns * rows];
    }

    /// <summary>Adds a closed polygon, which turns what is inside it inside out (even-odd rule).</summary>
    /// <param name="points">In pixels, whole numbers at pixel centres; they may lie outside the slice. The last is joined to the first.</param>
    public void Add(ReadOnlySpan<PixelPoint> points)
    {
        for (int n = 0; n < points.Length; n++)
            AddEdge(points[n], points[n + 1 < points.Length ? n + 1 : 0]);
    }

    /// <summary>Writes 1 to every pixel that is inside, leaves the others, and returns how many were inside.</summary>
    /// <param name="slice">Columns × rows pixels, I fastest.</param>
    public int Fill(Span<byte> slice)
    {
        int count = 0;
        for (int j = 0; j < _rows; j++)
        {
            bool inside = false;
            for (int n = j * _columns; n < (j + 1) * _columns; n++)
            {
                inside ^= _crossings[n];
                if (!inside)
                    continue;
                slice[n] = 1;
                count++;
            }
        }

        return count;
    }

    private void AddEdge(PixelPoint a, PixelPoint b)
    {
        // An edge and its reverse must cross at the same place to the last bit: a keyhole's channel has no width.
        if (b.J < a.J || (b.J == a.J && b.I < a.I))
            (a, b) = (b, a);
        int first = (int)Math.Clamp(Math.Ceiling(a.J), 0, _rows);
        int end = (int)Math.Clamp(Math.Ceiling(b.J), 0, _rows);
        double slope = (b.I - a.I) / (b.J - a.J);
        for (int j = first; j < end; j++)
        {
            double column = Math.Ceiling(a.I + (j - a.J) * slope);
            if (column < _columns)
                _crossings[j * _columns + (int)Math.Max(column, 0)] ^= true;
        }
    }
}
