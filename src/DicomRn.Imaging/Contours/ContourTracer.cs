using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Contours;

/// <summary>
/// Outlines of a mask slice. They run half-way between the pixel centres inside and outside (marching squares at one
/// half), so that no pixel centre is nearer than 0.35 pixels to an outline and every rasteriser that
/// tests pixel centres, <see cref="PolygonFill"/> among them, gives the mask back exactly. Pixels that touch only at a corner get
/// outlines of their own; holes that touch only at a corner are one.
/// </summary>
public static class ContourTracer
{
    // Directions of travel along the edges between pixels: 0 right, 1 down, 2 left, 3 up; the mask lies to the right hand.
    private static readonly (int I, int J)[] Along = [(1, 0), (0, 1), (-1, 0), (0, -1)];

    /// <summary>Traces every outline of a slice.</summary>
    /// <param name="slice">Pixels, I fastest; any non-zero value is inside.</param>
    /// <param name="columns">Pixels in a row.</param>
    /// <exception cref="ArgumentException">The slice is not made of whole rows.</exception>
    public static IReadOnlyList<TracedPolygon> Trace(ReadOnlySpan<byte> slice, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (slice.Length % columns != 0)
            throw new ArgumentException($"{slice.Length} pixels are not whole rows of {columns}.", nameof(slice));
        int rows = slice.Length / columns;
        bool[] traced = new bool[slice.Length];
        List<TracedPolygon> polygons = [];
        for (int j = 0; j < rows; j++)
        {
            for (int i = 0; i < columns; i++)
            {
                // Every outline has a top edge (mask below, none above), passed from left to right.
                if (Inside(slice, columns, i, j) && !Inside(slice, columns, i, j - 1) && !traced[j * columns + i])
                    polygons.Add(Follow(slice, columns, i, j, traced));
            }
        }

        return polygons;
    }

    private static TracedPolygon Follow(ReadOnlySpan<byte> slice, int columns, int startI, int startJ, bool[] traced)
    {
        List<PixelPoint> points = [];
        int i = startI, j = startJ, direction = 0;
        do
        {
            // The edge of pixel (i, j) on its left-hand side, seen in the direction of travel.
            (int di, int dj) = Along[direction];
            if (direction == 0)
                traced[j * columns + i] = true;
            points.Add(new PixelPoint(i + dj * 0.5, j - di * 0.5));

            // The two pixels ahead of the edge: on the mask's side, and beyond the edge.
            (int outI, int outJ) = (dj, -di);
            if (!Inside(slice, columns, i + di, j + dj))
            {
                direction = (direction + 1) % 4;
            }
            else if (!Inside(slice, columns, i + di + outI, j + dj + outJ))
            {
                (i, j) = (i + di, j + dj);
            }
            else
            {
                (i, j) = (i + di + outI, j + dj + outJ);
                direction = (direction + 3) % 4;
            }
        }
        while (i != startI || j != startJ || direction != 0);
        TracedPolygon polygon = new(points, IsHole: false);
        return polygon with { IsHole = polygon.SignedArea < 0 };
    }

    private static bool Inside(ReadOnlySpan<byte> slice, int columns, int i, int j) =>
        (uint)i < (uint)columns && j >= 0 && j * columns < slice.Length && slice[j * columns + i] != 0;
}
