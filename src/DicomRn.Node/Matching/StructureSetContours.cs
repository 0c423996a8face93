using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Node.Matching;

/// <summary>RT Structure Sets as <see cref="ContourSource"/>.</summary>
internal static class StructureSetContours
{
    /// <summary>Reads a structure set.</summary>
    /// <exception cref="InvalidDataException">It is none, or cannot be read.</exception>
    public static ContourSource Read(StudyFile file)
    {
        RtStructureSet set = RtStructureSet.Read(file.Dataset);
        return new ContourSource
        {
            File = file,
            IsSegmentation = false,
            DrawnAt = file.Dataset.GetSingleValueOrDefault(DicomTag.StructureSetDate, "") + file.Dataset.GetSingleValueOrDefault(DicomTag.StructureSetTime, ""),
            ReferencedSeries = set.ReferencedSeriesUids,
            Rois = [.. set.Rois.Select(roi => new ContourRoi
            {
                Roi = new LesionRoi(roi.Number, roi.Name, roi.InterpretedType),
                FrameOfReferenceUid = roi.FrameOfReferenceUid,
                Points = [.. roi.Contours.SelectMany(c => c.Points)],
                ToMask = grid => Lay(roi, grid),
                CheckReferences = series => ContourReferences.Of(roi, series).Warnings,
                ToTurnedMask = grid => LayTurned(roi, grid),
            })],
        };
    }

    private static RoiMask Lay(RtRoi roi, VolumeGeometry grid)
    {
        RasterizedRoi result = ContourRasterizer.Rasterize(roi, grid);
        return new RoiMask(result.Mask, result.VoxelCount, ContourOverlap.Of(roi.Contours.SelectMany(c => c.Points), grid).Part, result.Warnings);
    }

    private static RoiMask LayTurned(RtRoi roi, VolumeGeometry grid)
    {
        Volume<byte> mask = ContourShape.Of(roi).Rasterize(grid);
        int left = roi.UnreadableContours + roi.Contours.Count(c =>
            c.GeometricType is not (ContourGeometricType.ClosedPlanar or ContourGeometricType.ClosedPlanarXor) || c.Points.Count < 3);
        string[] warnings = left > 0 ? [$"{left} contours that are unreadable or not closed were left out"] : [];
        return new RoiMask(mask, mask.Voxels.AsSpan().Count((byte)1), ContourOverlap.Of(roi.Contours.SelectMany(c => c.Points), grid).Part, warnings);
    }
}
