using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Refinement;

/// <summary>
/// Exact Euclidean distances between voxel centres in mm, on anisotropic and oblique grids with orthogonal axes (Felzenszwalb and
/// Huttenlocher, Theory of Computing 8, 2012).
/// </summary>
internal static class DistanceMap
{
    /// <summary>The distance of every voxel to the nearest one with <paramref name="value"/>; infinite where there is none.</summary>
    public static float[] To(Volume<byte> mask, byte value)
    {
        VolumeGeometry g = mask.Geometry;
        double[] squared = Array.ConvertAll(mask.Voxels, v => v == value ? 0 : double.PositiveInfinity);
        Pass(squared, g.Columns, 1, g.SpacingI);
        Pass(squared, g.Rows, g.Columns, g.SpacingJ);
        Pass(squared, g.Slices, g.Columns * g.Rows, g.SpacingK);
        return Array.ConvertAll(squared, d => (float)Math.Sqrt(d));
    }

    /// <summary>Positive outside, negative inside, 0 half-way between a voxel inside and its neighbour outside.</summary>
    public static float[] Signed(Volume<byte> mask)
    {
        float[] outside = To(mask, 1), inside = To(mask, 0);
        for (int n = 0; n < outside.Length; n++)
            outside[n] = mask.Voxels[n] != 0 ? HalfStep(mask.Geometry) - inside[n] : outside[n] - HalfStep(mask.Geometry);
        return outside;
    }

    private static float HalfStep(VolumeGeometry g) => (float)(Math.Min(g.SpacingI, Math.Min(g.SpacingJ, g.SpacingK)) / 2);

    private static void Pass(double[] squared, int count, int stride, double spacing)
    {
        double[] line = new double[count], borders = new double[count + 1];
        int[] vertices = new int[count];
        for (int start = 0; start < squared.Length; start++)
        {
            if (start / stride % count != 0)
                continue;
            for (int n = 0; n < count; n++)
                line[n] = squared[start + n * stride];
            Envelope(line, spacing, vertices, borders, squared.AsSpan(start), stride);
        }
    }

    // The lower envelope of a parabola over each finite value of the line.
    private static void Envelope(double[] line, double spacing, int[] vertices, double[] borders, Span<double> result, int stride)
    {
        int last = -1;
        for (int q = 0; q < line.Length; q++)
        {
            if (double.IsPositiveInfinity(line[q]))
                continue;
            double border = double.NegativeInfinity;
            while (last >= 0 && (border = Crossing(line, vertices[last], q, spacing)) <= borders[last])
                last--;
            vertices[++last] = q;
            borders[last] = last == 0 ? double.NegativeInfinity : border;
        }

        if (last < 0)
            return;
        for (int q = 0, v = 0; q < line.Length; q++)
        {
            while (v < last && borders[v + 1] < q * spacing)
                v++;
            double d = (q - vertices[v]) * spacing;
            result[q * stride] = d * d + line[vertices[v]];
        }
    }

    private static double Crossing(double[] line, int p, int q, double spacing)
    {
        double a = p * spacing, b = q * spacing;
        return (line[q] + b * b - line[p] - a * a) / (2 * (b - a));
    }
}
