using System.Globalization;
using System.Security.Cryptography;
using DicomRn.Imaging.Anatomy;
using DicomRn.Imaging.Export;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Refinement;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Matching;

/// <summary>Writes the masks of lesions into the work folder, and their measures into records.</summary>
/// <param name="series">The T1CE series.</param>
/// <param name="source">Where the contours come from.</param>
/// <param name="workFolder">The work folder.</param>
internal sealed class LesionMaskFiles(SeriesVolume series, ContourSource source, string workFolder)
{
    private readonly HeadMidline _midline = HeadMidline.Of(series.Volume);

    /// <summary>Writes the masks of a lesion.</summary>
    /// <param name="roi">Its region.</param>
    /// <param name="planning">The mask of the region.</param>
    /// <param name="refined">What refinement made of it; null without refinement.</param>
    /// <param name="number">Of the lesion, from 1.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<MatchedLesion> WriteAsync(
        ContourRoi roi, Volume<byte> planning, RefinedMask? refined, int number, CancellationToken cancellationToken)
    {
        Volume<byte> mask = refined?.Mask ?? planning;
        string file = $"lesion-{number}.nii.gz";
        await WriteAsync(file, mask, cancellationToken);
        LesionMeasures measures = LesionMeasures.Of(mask);
        return new MatchedLesion
        {
            TrackingId = $"Lesion {number}",
            TrackingUid = roi.TrackingUid ?? DerivedUid.Of("lesion", source.File.SopInstanceUid, roi.Roi.Number.ToString(CultureInfo.InvariantCulture)),
            Label = roi.Roi.Name,
            Number = roi.Roi.Number,
            Laterality = MaskLaterality.Of(_midline, mask),
            MaskFile = file,
            MaskDigest = Digest(mask),
            Voxels = measures.VoxelCount,
            VolumeMm3 = measures.Volume,
            LargestSlice = measures.LargestSlice,
            LargestAreaMm2 = measures.LargestArea,
            LongAxisMm = measures.LongAxis.Length,
            ShortAxisMm = measures.ShortAxis.Length,
            Refinement = refined is null ? null : await RefinementAsync(planning, refined, number, cancellationToken),
        };
    }

    private async Task<MatchedRefinement> RefinementAsync(Volume<byte> planning, RefinedMask refined, int number, CancellationToken cancellationToken)
    {
        MatchedRefinement refinement = new()
        {
            Outcome = refined.Outcome,
            Why = refined.Why,
            PlanningVolumeMm3 = planning.Voxels.AsSpan().Count((byte)1) * planning.Geometry.VoxelVolume,
        };
        if (refined.Outcome != RefinementOutcome.Refined)
            return refinement;
        string file = $"lesion-{number}-planning.nii.gz";
        await WriteAsync(file, planning, cancellationToken);
        return refinement with { PlanningMaskFile = file, PlanningMaskDigest = Digest(planning) };
    }

    private Task WriteAsync(string file, Volume<byte> mask, CancellationToken cancellationToken) =>
        DurableFile.WriteAsync(Path.Combine(workFolder, file), temporary => NiftiFile.WriteAsync(temporary, mask, cancellationToken));

    private static string Digest(Volume<byte> mask) => Convert.ToHexStringLower(SHA256.HashData(mask.Voxels));
}
