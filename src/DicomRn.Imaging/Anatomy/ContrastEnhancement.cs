using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Anatomy;

/// <summary>
/// How a T1 image differs from another one of the same sequence, frame of reference and visit: after contrast agent vessels, dura, mucosa
/// and lesions are brighter, and little is darker. Noise and movement make as much brighter as darker.
/// </summary>
/// <param name="Brighter">Part of the tissue that is brighter by a quarter or more, after both images were brought to the same median, 0 to 1.</param>
/// <param name="Darker">Part that is darker by as much.</param>
/// <param name="Voxels">Tissue that was compared, voxels of about 2 mm; 0 where the images show nothing in common.</param>
public sealed record ContrastEnhancement(double Brighter, double Darker, int Voxels)
{
    private const double Spacing = 2, Change = 1.25, TissuePart = 0.1, Several = 2;
    private const int LeastVoxels = 5000;

    /// <summary>What is brighter beyond what is darker, 0 to 1; negative where more is darker.</summary>
    public double Excess => Brighter - Darker;

    /// <summary>An image at about 2 mm, which is all that the comparison needs.</summary>
    public static Volume<float> Prepare(Volume<float> image) => BlockAverage.Reduce(image, Spacing);

    /// <summary>Compares an image with another one, which is resampled onto its grid.</summary>
    /// <param name="image">From <see cref="Prepare"/>.</param>
    /// <param name="other">From <see cref="Prepare"/>, in the same frame of reference.</param>
    public static ContrastEnhancement Of(Volume<float> image, Volume<float> other)
    {
        Volume<float> a = image, b = VolumeResampler.Linear(other, image.Geometry, float.NaN);
        float inA = Threshold(a.Voxels), inB = Threshold([.. b.Voxels.Where(v => !float.IsNaN(v))]);
        List<float> ratios = [];
        for (int n = 0; n < a.Voxels.Length; n++)
        {
            // Tissue in both: what appears in one only has moved or flows.
            if (a.Voxels[n] > inA && b.Voxels[n] > inB)
                ratios.Add(a.Voxels[n] / b.Voxels[n]);
        }

        if (ratios.Count < LeastVoxels)
            return new ContrastEnhancement(0, 0, 0);
        float[] sorted = [.. ratios.Order()];
        float median = sorted[sorted.Length / 2];
        return new ContrastEnhancement(
            (double)sorted.Count(r => r > Change * median) / sorted.Length, (double)sorted.Count(r => r < median / Change) / sorted.Length, sorted.Length);
    }

    /// <summary>Whether the image is the one after contrast agent.</summary>
    /// <param name="least">The least <see cref="Excess"/>.</param>
    public bool IsEnhanced(double least) => Excess >= least && Brighter >= Several * Darker;

    /// <summary>Whether the other image is the one after contrast agent.</summary>
    /// <param name="least">The least <see cref="Excess"/> of the other.</param>
    public bool IsEnhancedInOther(double least) => -Excess >= least && Darker >= Several * Brighter;

    private static float Threshold(float[] voxels)
    {
        if (voxels.Length == 0)
            return float.MaxValue;
        float[] sorted = [.. voxels];
        Array.Sort(sorted);
        float low = sorted[sorted.Length / 100], high = sorted[(int)(0.98 * (sorted.Length - 1))];
        return (float)(low + TissuePart * (high - low));
    }
}
