using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Rendering;

/// <summary>
/// Two images of the same grid in alternate squares on the middle slices across K, J and I, side by side: where they are registered,
/// edges run on from square to square.
/// </summary>
public static class Checkerboard
{
    private static readonly RgbColor FirstTint = new(255, 255, 255), SecondTint = new(255, 214, 150);

    /// <summary>Paints the picture; the second image is tinted.</summary>
    /// <param name="first">The one image.</param>
    /// <param name="second">The other, on the same grid.</param>
    /// <param name="square">Side of a square, mm.</param>
    /// <exception cref="ArgumentException">The images are not on the same grid.</exception>
    public static RgbImage Render(Volume<float> first, Volume<float> second, double square = 20)
    {
        VolumeGeometry g = first.Geometry;
        if (!g.Coincides(second.Geometry))
            throw new ArgumentException("A checkerboard needs both images on the same grid.", nameof(second));
        double pixel = Math.Min(g.SpacingI, Math.Min(g.SpacingJ, g.SpacingK));
        (int i, int j, int k) = (g.Columns / 2, g.Rows / 2, g.Slices / 2);
        Panel[] panels =
        [
            new(Pixels(g.Columns, g.SpacingI), Pixels(g.Rows, g.SpacingJ), (x, y) => (At(x, g.SpacingI), At(y, g.SpacingJ), k)),
            new(Pixels(g.Columns, g.SpacingI), Pixels(g.Slices, g.SpacingK), (x, y) => (At(x, g.SpacingI), j, g.Slices - 1 - At(y, g.SpacingK))),
            new(Pixels(g.Rows, g.SpacingJ), Pixels(g.Slices, g.SpacingK), (x, y) => (i, At(x, g.SpacingJ), g.Slices - 1 - At(y, g.SpacingK))),
        ];
        int width = panels.Sum(p => p.Width), height = panels.Max(p => p.Height);
        byte[] pixels = new byte[width * height * 3];
        DisplayWindow windowOfFirst = DisplayWindow.FromQuantiles(first), windowOfSecond = DisplayWindow.FromQuantiles(second);
        int left = 0;
        foreach (Panel panel in panels)
        {
            for (int y = 0; y < panel.Height; y++)
            {
                for (int x = 0; x < panel.Width; x++)
                {
                    (int a, int b, int c) = panel.Voxel(x, y);
                    if (!g.Contains(a, b, c))
                        continue;
                    bool isFirst = ((int)(x * pixel / square) + (int)(y * pixel / square)) % 2 == 0;
                    double grey = isFirst ? windowOfFirst.Map(first[a, b, c]) : windowOfSecond.Map(second[a, b, c]);
                    RgbColor tint = isFirst ? FirstTint : SecondTint;
                    int at = (y * width + left + x) * 3;
                    (pixels[at], pixels[at + 1], pixels[at + 2]) = ((byte)(grey * tint.R), (byte)(grey * tint.G), (byte)(grey * tint.B));
                }
            }

            left += panel.Width;
        }

        return new RgbImage(width, height, pixels);

        int Pixels(int count, double spacing) => Math.Max(1, (int)Math.Round(count * spacing / pixel));

        int At(int position, double spacing) => (int)((position + 0.5) * pixel / spacing);
    }

    private sealed record Panel(int Width, int Height, Func<int, int, (int I, int J, int K)> Voxel);
}
