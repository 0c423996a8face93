using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Refinement;

/// <summary>A Gaussian of a width in mm: axes that are coarser than it stay nearly as they are.</summary>
internal static class ImageSmoothing
{
    private const double Deviation = 0.7;

    /// <summary>The smoothed image; voxels beyond the border count as those on it, and values that are not finite as 0.</summary>
    public static Volume<float> Apply(Volume<float> image)
    {
        VolumeGeometry g = image.Geometry;
        Volume<float> result = new(g, Array.ConvertAll(image.Voxels, v => float.IsFinite(v) ? v : 0));
        Pass(result.Voxels, g.Columns, 1, g.SpacingI);
        Pass(result.Voxels, g.Rows, g.Columns, g.SpacingJ);
        Pass(result.Voxels, g.Slices, g.Columns * g.Rows, g.SpacingK);
        return result;
    }

    private static void Pass(float[] voxels, int count, int stride, double spacing)
    {
        int reach = (int)Math.Ceiling(3 * Deviation / spacing);
        double[] kernel = [.. Enumerable.Range(-reach, 2 * reach + 1).Select(n => Math.Exp(-0.5 * (n * spacing / Deviation) * (n * spacing / Deviation)))];
        double sum = kernel.Sum();
        double[] line = new double[count];
        for (int start = 0; start < voxels.Length; start++)
        {
            if (start / stride % count != 0)
                continue;
            for (int n = 0; n < count; n++)
                line[n] = voxels[start + n * stride];
            for (int n = 0; n < count; n++)
            {
                double value = 0;
                for (int m = -reach; m <= reach; m++)
                    value += kernel[m + reach] * line[Math.Clamp(n + m, 0, count - 1)];
                voxels[start + n * stride] = (float)(value / sum);
            }
        }
    }
}
