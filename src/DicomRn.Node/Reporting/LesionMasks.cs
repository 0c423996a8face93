using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.Node.Matching;

namespace DicomRn.Node.Reporting;

/// <summary>A lesion with its masks on the grid of the images.</summary>
/// <param name="Lesion">The lesion.</param>
/// <param name="Mask">What the model saw.</param>
/// <param name="Planning">The planning mask that was refined to it; null where the model saw the contour as it was drawn.</param>
internal sealed record LesionMasks(MatchedLesion Lesion, Volume<byte> Mask, Volume<byte>? Planning)
{
    /// <summary>Reads the masks of all lesions.</summary>
    public static async Task<IReadOnlyList<LesionMasks>> ReadAsync(
        IReadOnlyList<MatchedLesion> lesions, SeriesVolume series, string workFolder, CancellationToken cancellationToken)
    {
        List<LesionMasks> masks = [];
        foreach (MatchedLesion lesion in lesions)
        {
            masks.Add(new LesionMasks(
                lesion, await ReadAsync(lesion.MaskFile), lesion.Refinement?.PlanningMaskFile is { } planning ? await ReadAsync(planning) : null));
        }

        return masks;

        async Task<Volume<byte>> ReadAsync(string file) => new(
            series.Volume.Geometry, (await NiftiFile.ReadMaskAsync(Path.Combine(workFolder, file), cancellationToken)).Voxels);
    }
}
