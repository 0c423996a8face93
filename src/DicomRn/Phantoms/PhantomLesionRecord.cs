using DicomRn.Learning;
using DicomRn.Learning.Phantoms;

namespace DicomRn.Phantoms;

/// <summary>What is true of one lesion of a phantom study.</summary>
/// <param name="Roi">ROI Name and Segment Label of its contour.</param>
/// <param name="Class">The class it was made as.</param>
/// <param name="NecroticShare">The mixture: share of its surface that looks as necrosis does, 0 to 1.</param>
/// <param name="CentroidLps">Mean position of its voxels, LPS, mm.</param>
/// <param name="VolumeMm3">Volume of its voxels, mm³.</param>
/// <param name="VoxelCount">Number of its voxels on the grid of the T1CE series.</param>
internal sealed record PhantomLesionRecord(
    string Roi, LesionClass Class, double NecroticShare, double[] CentroidLps, double VolumeMm3, long VoxelCount)
{
    public static PhantomLesionRecord Of(PhantomLesionTruth lesion) => new(
        RoiName(lesion),
        lesion.Class,
        Math.Round(lesion.NecroticShare, 4),
        [Math.Round(lesion.Centroid.X, 3), Math.Round(lesion.Centroid.Y, 3), Math.Round(lesion.Centroid.Z, 3)],
        Math.Round(lesion.VolumeMm3, 3),
        lesion.Mask.Voxels.LongCount(v => v != 0));

    /// <summary>The name of a lesion's contour in every object that holds it.</summary>
    public static string RoiName(PhantomLesionTruth lesion) => FormattableString.Invariant($"GTV_{lesion.Number}");
}
