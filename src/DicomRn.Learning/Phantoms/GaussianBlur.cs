using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Phantoms;

/// <summary>A narrow Gaussian blur in place: three taps along each axis, borders repeated.</summary>
internal static class GaussianBlur
{
    /// <param name="image">The volume to blur.</param>
    /// <param name="sigma">Standard deviation in voxels, below 1.</param>
    public static void Apply(Volume<float> image, double sigma)
    {
        float side = (float)Math.Exp(-0.5 / (sigma * sigma)), centre = 1 / (1 + 2 * side);
        side *= centre;
        VolumeGeometry g = image.Geometry;
        float[] v = image.Voxels;
        int plane = g.Columns * g.Rows;
        Parallel.For(0, g.Slices, k =>
        {
            for (int j = 0; j < g.Rows; j++)
                Line(v, k * plane + j * g.Columns, 1, g.Columns, side, centre);
            for (int i = 0; i < g.Columns; i++)
                Line(v, k * plane + i, g.Columns, g.Rows, side, centre);
        });
        Parallel.For(0, g.Rows, j =>
        {
            for (int i = 0; i < g.Columns; i++)
                Line(v, j * g.Columns + i, plane, g.Slices, side, centre);
        });
    }

    private static void Line(float[] v, int start, int stride, int count, float side, float centre)
    {
        float before = v[start], here = v[start];
        for (int n = 0; n < count; n++)
        {
            int at = start + n * stride;
            float after = n + 1 < count ? v[at + stride] : here;
            v[at] = side * (before + after) + centre * here;
            (before, here) = (here, after);
        }
    }
}
