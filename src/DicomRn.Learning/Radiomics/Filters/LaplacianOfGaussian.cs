using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Radiomics.Filters;

/// <summary>
/// Laplacian of a Gaussian times σ²: sampled Gaussians and their second derivatives, cut at 4σ, borders mirrored (IBSI 2, 3.2 has the same
/// cut). PyRadiomics gets it from ITK's recursive approximation of the same filter, whose values differ.
/// </summary>
internal static class LaplacianOfGaussian
{
    private const double Cut = 4;

    /// <param name="image">The image.</param>
    /// <param name="sigma">mm.</param>
    public static Volume<float> Apply(Volume<float> image, double sigma)
    {
        VolumeGeometry grid = image.Geometry;
        double[] spacings = [grid.SpacingI, grid.SpacingJ, grid.SpacingK];
        float[] sum = new float[image.Voxels.Length];
        for (int second = 0; second < 3; second++)
        {
            Volume<float> part = image;
            for (int axis = 0; axis < 3; axis++)
            {
                double[] kernel = Kernel(sigma / spacings[axis], derived: axis == second);
                part = AxisLines.Filter(part, axis, (input, output) => Convolve(input, output, kernel));
            }

            for (int n = 0; n < sum.Length; n++)
                sum[n] += part.Voxels[n];
        }

        return new Volume<float>(grid, sum);
    }

    /// <param name="sigma">In voxels.</param>
    /// <param name="derived">The second derivative times σ² rather than the Gaussian.</param>
    private static double[] Kernel(double sigma, bool derived)
    {
        int reach = Math.Max(1, (int)Math.Ceiling(Cut * sigma));
        double[] gauss = [.. Enumerable.Range(-reach, 2 * reach + 1).Select(x => Math.Exp(-x * x / (2 * sigma * sigma)))];
        double total = gauss.Sum();
        if (!derived)
            return [.. gauss.Select(g => g / total)];
        // What is constant has no curvature, and x² has the curvature 2, also with a cut and sampled kernel.
        double[] curve = [.. gauss.Select((g, n) => g * (Square((n - reach) / sigma) - 1))];
        double mean = curve.Sum() / total;
        curve = [.. curve.Select((c, n) => c - mean * gauss[n])];
        double scale = 2 * sigma * sigma / curve.Select((c, n) => c * Square(n - reach)).Sum();
        return [.. curve.Select(c => c * scale)];
    }

    private static double Square(double x) => x * x;

    private static void Convolve(float[] input, float[] output, double[] kernel)
    {
        int reach = kernel.Length / 2, length = input.Length, period = 2 * length;
        for (int n = 0; n < length; n++)
        {
            double sum = 0;
            for (int m = -reach; m <= reach; m++)
            {
                int at = n + m;
                if ((uint)at >= (uint)length)
                {
                    at = ((at % period) + period) % period;
                    at = at < length ? at : period - 1 - at;
                }

                sum += kernel[m + reach] * input[at];
            }

            output[n] = (float)sum;
        }
    }
}
