using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Contours;

/// <summary>
/// A closed outline in the plane of a slice, in pixels; the last point is joined to the first. Outer outlines run
/// clockwise as seen with I to the right and J downwards, holes the other way round.
/// </summary>
/// <param name="Points">At least three points.</param>
/// <param name="IsHole">Whether the pixels inside it are outside the mask.</param>
public sealed record TracedPolygon(IReadOnlyList<PixelPoint> Points, bool IsHole)
{
    /// <summary>The enclosed area, pixels²: positive for outer outlines, negative for holes.</summary>
    public double SignedArea
    {
        get
        {
            double sum = 0;
            for (int n = 0; n < Points.Count; n++)
            {
                PixelPoint a = Points[n], b = Points[(n + 1) % Points.Count];
                sum += a.I * b.J - b.I * a.J;
            }

            return sum / 2;
        }
    }

    /// <summary>The same outline without the points that lie on the straight line between their neighbours.</summary>
    public TracedPolygon WithoutCollinearPoints()
    {
        List<PixelPoint> corners = [];
        for (int n = 0; n < Points.Count; n++)
        {
            PixelPoint before = Points[(n + Points.Count - 1) % Points.Count], p = Points[n], after = Points[(n + 1) % Points.Count];
            double turn = (p.I - before.I) * (after.J - p.J) - (p.J - before.J) * (after.I - p.I);
            if (turn != 0)
                corners.Add(p);
        }

        return this with { Points = corners };
    }

    /// <summary>Whether a position is inside the outline by the even-odd rule.</summary>
    public bool Encloses(PixelPoint p)
    {
        bool inside = false;
        for (int n = 0; n < Points.Count; n++)
        {
            PixelPoint a = Points[n], b = Points[(n + 1) % Points.Count];
            if (a.J > p.J != b.J > p.J && p.I < a.I + (p.J - a.J) * (b.I - a.I) / (b.J - a.J))
                inside = !inside;
        }

        return inside;
    }
}
