using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Anatomy;

/// <summary>The topmost part of a body, where its head is if there is one.</summary>
internal static class BodyTop
{
    /// <summary>How far it reaches down, mm.</summary>
    public const double Height = 150;

    private const double Top = 0.995;

    /// <summary>The intensity that tissue lies above: a part of the way from the darkest to the brightest voxels.</summary>
    public static float TissueThreshold(float[] voxels, double part)
    {
        float[] sorted = [.. voxels];
        Array.Sort(sorted);
        float low = sorted[sorted.Length / 100], high = sorted[(int)(0.98 * (sorted.Length - 1))];
        return (float)(low + part * (high - low));
    }

    /// <summary>The voxels above a threshold in the topmost part, LPS, mm; none where nothing is above it.</summary>
    public static PatientPoint[] Tissue(Volume<float> image, float threshold)
    {
        VolumeGeometry grid = image.Geometry;
        PatientPoint[] points =
        [
            .. Enumerable.Range(0, image.Voxels.Length).Where(n => image.Voxels[n] > threshold)
                .Select(n => grid.ToPatient(new VoxelPoint(n % grid.Columns, n / grid.Columns % grid.Rows, n / (grid.Columns * grid.Rows)))),
        ];
        if (points.Length == 0)
            return [];
        double[] heights = [.. points.Select(p => p.Z).Order()];
        double top = heights[(int)(Top * (heights.Length - 1))];
        return [.. points.Where(p => p.Z > top - Height)];
    }
}
