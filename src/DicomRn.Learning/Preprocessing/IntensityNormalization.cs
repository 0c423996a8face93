using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Preprocessing;

/// <summary>
/// The intensities of a brain by their median, which follows the scanner's gain and hardly depends on lesions, noise or
/// sharpness. A spread would depend on the latter two.
/// </summary>
/// <param name="Median">Median of the brain, in the image's units; above 0.</param>
public sealed record IntensityNormalization(double Median)
{
    // Grey matter then lies one to two below white matter on T1, and enhancing tissue some five above.
    private const double Unit = 0.15;

    /// <summary>
    /// Measures an image on a coarse grid: inside of the head (Otsu's threshold, enclosed along three axes), less the
    /// outermost <see cref="PreprocessingSettings.ScalpMm"/>. Null where the image holds nothing of the sort.
    /// </summary>
    public static IntensityNormalization? Measure(Volume<float> image, PreprocessingSettings settings) =>
        MeasureCoarse(VolumeResampler.Linear(image, CoarseGrid(image.Geometry, settings)), settings);

    /// <summary>The coarse axial grid over a volume.</summary>
    internal static VolumeGeometry CoarseGrid(VolumeGeometry grid, PreprocessingSettings settings)
    {
        double spacing = settings.NormalizationGridMm;
        PatientPoint centre = grid.ToPatient(new VoxelPoint((grid.Columns - 1) / 2.0, (grid.Rows - 1) / 2.0, (grid.Slices - 1) / 2.0));
        int Count(Func<PatientVector, double> along) => Math.Max(1, (int)Math.Ceiling((
            Math.Abs(along(grid.DirectionI)) * grid.Columns * grid.SpacingI
            + Math.Abs(along(grid.DirectionJ)) * grid.Rows * grid.SpacingJ
            + Math.Abs(along(grid.DirectionK)) * grid.Slices * grid.SpacingK) / spacing));
        int columns = Count(v => v.X), rows = Count(v => v.Y), slices = Count(v => v.Z);
        PatientVector half = new((columns - 1) / 2.0 * spacing, (rows - 1) / 2.0 * spacing, (slices - 1) / 2.0 * spacing);
        return VolumeGeometry.Axial(columns, rows, slices, spacing, centre + (half * -1));
    }

    internal static IntensityNormalization? MeasureCoarse(Volume<float> coarse, PreprocessingSettings settings)
    {
        bool[] brain = HeadRegion.Inside(coarse, (int)Math.Ceiling(settings.ScalpMm / settings.NormalizationGridMm));
        float[] values = [.. coarse.Voxels.Where((_, n) => brain[n])];
        if (values.Length < 100)
            return null;
        Array.Sort(values);
        float median = values[values.Length / 2];
        return median > 0 ? new IntensityNormalization(median) : null;
    }

    /// <summary>The normalised value of an intensity: 0 for the median, 1 for 15 % more.</summary>
    public float Apply(float value, double clipAt) => (float)Math.Clamp((value / Median - 1) / Unit, -clipAt, clipAt);
}
