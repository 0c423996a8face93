using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Rendering;

/// <summary>Values between the pixels of a slice: smooth (Catmull-Rom) for the picture, so that an enlarged image shows no squares.</summary>
internal sealed class SliceSampler(Volume<float> image, int slice)
{
    private readonly VolumeGeometry _grid = image.Geometry;

    public double Smooth(double i, double j)
    {
        int i0 = (int)Math.Floor(i), j0 = (int)Math.Floor(j);
        Span<double> u = stackalloc double[4], v = stackalloc double[4];
        Weights(i - i0, u);
        Weights(j - j0, v);
        double sum = 0;
        for (int b = 0; b < 4; b++)
        {
            for (int a = 0; a < 4; a++)
                sum += v[b] * u[a] * At(i0 - 1 + a, j0 - 1 + b);
        }

        return sum;
    }

    public bool Covers(double i, double j) =>
        i >= -0.5 && j >= -0.5 && i <= _grid.Columns - 0.5 && j <= _grid.Rows - 0.5;

    private float At(int i, int j) =>
        image[Math.Clamp(i, 0, _grid.Columns - 1), Math.Clamp(j, 0, _grid.Rows - 1), slice];

    private static void Weights(double t, Span<double> w)
    {
        w[0] = t * (t * (2 - t) - 1) / 2;
        w[1] = (t * t * (3 * t - 5) + 2) / 2;
        w[2] = t * (t * (4 - 3 * t) + 1) / 2;
        w[3] = t * t * (t - 1) / 2;
    }
}
