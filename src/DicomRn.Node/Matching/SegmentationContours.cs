using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Segmentation;
using DicomRn.Imaging.Series;

namespace DicomRn.Node.Matching;

/// <summary>Segmentations as <see cref="ContourSource"/>.</summary>
internal static class SegmentationContours
{
    /// <summary>Stands for the interpreted type of a segment whose category is Morphologically Abnormal Structure.</summary>
    public const string AbnormalStructure = "ABNORMAL";

    private static readonly HashSet<string> AbnormalStructureCodes = ["49755003", "M-01000"];

    /// <summary>Reads a segmentation.</summary>
    /// <exception cref="InvalidDataException">It is none, or cannot be read.</exception>
    public static ContourSource Read(StudyFile file)
    {
        SegmentationObject segmentation = SegmentationObject.Read(file.Dataset);
        return new ContourSource
        {
            File = file,
            IsSegmentation = true,
            DrawnAt = file.Dataset.GetSingleValueOrDefault(DicomTag.ContentDate, "") + file.Dataset.GetSingleValueOrDefault(DicomTag.ContentTime, ""),
            ReferencedSeries = segmentation.ReferencedSeriesUids,
            Rois = [.. segmentation.Segments.Select(segment => new ContourRoi
            {
                Roi = new LesionRoi(segment.Number, segment.Label, Type(segment)),
                FrameOfReferenceUid = segmentation.FrameOfReferenceUid,
                TrackingUid = segment.TrackingUid.Length > 0 ? segment.TrackingUid : null,
                ToMask = grid => Lay(segmentation, segment.Number, grid),
            })],
        };
    }

    private static string Type(SegmentDescription segment) =>
        segment.Category is { } category && AbnormalStructureCodes.Contains(category.Value) ? AbnormalStructure : "";

    private static RoiMask Lay(SegmentationObject segmentation, int segment, VolumeGeometry grid)
    {
        SegmentMask mask;
        try
        {
            mask = segmentation.Mask(segment, grid);
        }
        catch (SeriesGeometryException e)
        {
            throw new InvalidDataException(e.Message, e);
        }

        double inside = mask.PixelCount == 0 ? 1 : 1 - (double)mask.OutsidePixels / mask.PixelCount;
        return new RoiMask(mask.Mask, mask.VoxelCount, inside, mask.Warnings);
    }
}
