using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Contours;

/// <summary>
/// Outlines with holes as single closed polygons: each hole is joined to its outer outline by a channel without width, passed
/// once in each direction (PS3.3 C.8.8.6.3, the "keyhole" technique). Even-odd filling gives the same pixels.
/// </summary>
public static class Keyhole
{
    /// <summary>Joins every hole to the smallest outline around it; the result has one polygon per outer outline.</summary>
    /// <exception cref="ArgumentException">A hole lies in no outline.</exception>
    public static IReadOnlyList<TracedPolygon> Join(IReadOnlyList<TracedPolygon> polygons)
    {
        List<(TracedPolygon Outline, List<PixelPoint> Points)> joined =
            [.. polygons.Where(p => !p.IsHole).Select(p => (p, p.Points.ToList()))];
        foreach (TracedPolygon hole in polygons.Where(p => p.IsHole))
        {
            List<PixelPoint> around = joined
                .Where(o => o.Outline.SignedArea > -hole.SignedArea && o.Outline.Encloses(hole.Points[0]))
                .OrderBy(o => o.Outline.SignedArea)
                .Select(o => o.Points)
                .FirstOrDefault() ?? throw new ArgumentException("A hole lies in no outline.", nameof(polygons));
            Splice(around, hole.Points);
        }

        return [.. joined.Select(o => new TracedPolygon(o.Points, IsHole: false))];
    }

    private static void Splice(List<PixelPoint> outline, IReadOnlyList<PixelPoint> hole)
    {
        (int from, int to, double best) = (0, 0, double.MaxValue);
        for (int a = 0; a < outline.Count; a++)
        {
            for (int b = 0; b < hole.Count; b++)
            {
                double di = outline[a].I - hole[b].I, dj = outline[a].J - hole[b].J;
                double distance = di * di + dj * dj;
                if (distance < best)
                    (from, to, best) = (a, b, distance);
            }
        }

        IEnumerable<PixelPoint> detour = [.. hole.Skip(to), .. hole.Take(to + 1), outline[from]];
        outline.InsertRange(from + 1, detour);
    }
}
