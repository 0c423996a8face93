using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Radiomics.Preparation;

namespace DicomRn.Learning.Radiomics.Shape;

/// <summary>The outline halfway between the pixel centres inside and outside a mask of one plane, by marching squares.</summary>
/// <param name="Perimeter">mm.</param>
/// <param name="Area">Inside the outline, mm².</param>
/// <param name="PixelArea">Pixels times the area of one, mm².</param>
/// <param name="Diameter">The largest distance of two of its vertices, mm.</param>
internal sealed record PlanarOutline(double Perimeter, double Area, double PixelArea, double Diameter)
{
    // Corners of a square counter-clockwise from (0, 0); the middle of side n, between corners n and n + 1, in half pixels.
    private static readonly (int X, int Y)[] Sides = [(1, 0), (2, 1), (1, 2), (0, 1)];

    /// <param name="mask">One voxel thick along the axis.</param>
    /// <param name="dimension">The axis at right angles: 0 = K, 1 = J, 2 = I.</param>
    /// <exception cref="RadiomicsException">The mask is thicker, or empty.</exception>
    public static PlanarOutline Of(Volume<byte> mask, int dimension)
    {
        VoxelBox box = VoxelBox.Around(mask) ?? throw new RadiomicsException("the mask is empty");
        if ((dimension == 0 ? box.Slices : dimension == 1 ? box.Rows : box.Columns) != 1)
            throw new RadiomicsException("2D shape needs a mask of one plane");
        VolumeGeometry grid = mask.Geometry;
        (int width, int height, double sx, double sy, Func<int, int, bool> inside) = dimension switch
        {
            0 => (box.Columns, box.Rows, grid.SpacingI, grid.SpacingJ, (Func<int, int, bool>)((x, y) => mask[box.I + x, box.J + y, box.K] != 0)),
            1 => (box.Columns, box.Slices, grid.SpacingI, grid.SpacingK, (x, y) => mask[box.I + x, box.J, box.K + y] != 0),
            _ => (box.Rows, box.Slices, grid.SpacingJ, grid.SpacingK, (x, y) => mask[box.I, box.J + x, box.K + y] != 0),
        };
        return Trace(width, height, sx, sy, (x, y) => x >= 0 && y >= 0 && x < width && y < height && inside(x, y));
    }

    private static PlanarOutline Trace(int width, int height, double sx, double sy, Func<int, int, bool> inside)
    {
        double perimeter = 0, area = 0;
        long pixels = 0;
        List<(double X, double Y)> vertices = [];
        for (int y = -1; y < height; y++)
        {
            for (int x = -1; x < width; x++)
            {
                pixels += inside(x, y) ? 1 : 0;
                bool[] corners = [inside(x, y), inside(x + 1, y), inside(x + 1, y + 1), inside(x, y + 1)];
                foreach ((int from, int to) in Segments(corners))
                {
                    (double ax, double ay) = ((2 * x + Sides[from].X) * sx / 2, (2 * y + Sides[from].Y) * sy / 2);
                    (double bx, double by) = ((2 * x + Sides[to].X) * sx / 2, (2 * y + Sides[to].Y) * sy / 2);
                    perimeter += Math.Sqrt((ax - bx) * (ax - bx) + (ay - by) * (ay - by));
                    area += (ax * by - bx * ay) / 2;
                    vertices.Add((ax, ay));
                }
            }
        }

        return new PlanarOutline(perimeter, Math.Abs(area), pixels * sx * sy, Widest(PlanarHull.Of(vertices)));
    }

    // One segment for each run of inside corners around the square: opposite corners are kept apart.
    private static IEnumerable<(int From, int To)> Segments(bool[] corners)
    {
        for (int n = 0; n < 4; n++)
        {
            if (corners[n] || !corners[(n + 1) % 4])
                continue;
            int end = n + 1;
            while (corners[(end + 1) % 4])
                end++;
            yield return (end % 4, n);
        }
    }

    private static double Widest(List<(double X, double Y)> hull) =>
        hull.SelectMany(a => hull, (a, b) => Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y))).Max();
}
