using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Series;

namespace DicomRn.Imaging.Export;

/// <summary>The contours of one mask as an item of ROI Contour Sequence (PS3.3 C.8.8.6).</summary>
internal static class RoiContours
{
    // A ten-thousandth of a millimetre: far below the distance of an outline from any pixel centre.
    private const int Decimals = 4;

    public static DicomDataset Item(RtExportRoi roi, int number, ImageSeries images)
    {
        VolumeGeometry grid = images.Geometry;
        List<DicomDataset> contours = [];
        for (int k = 0; k < grid.Slices; k++)
        {
            IReadOnlyList<TracedPolygon> outlines =
                [.. ContourTracer.Trace(roi.Mask.Slice(k), grid.Columns).Select(p => p.WithoutCollinearPoints())];
            foreach (TracedPolygon polygon in Keyhole.Join(outlines))
                contours.Add(Contour(polygon, k, images));
        }

        DicomDataset item = new()
        {
            { DicomTag.ROIDisplayColor, (int)roi.Color.R, (int)roi.Color.G, (int)roi.Color.B },
        };
        if (contours.Count > 0)
            item.Add(new DicomSequence(DicomTag.ContourSequence, [.. contours]));
        item.Add(DicomTag.ReferencedROINumber, number);
        return item;
    }

    private static DicomDataset Contour(TracedPolygon polygon, int slice, ImageSeries images)
    {
        SourceInstance image = images.Instances[slice];
        string[] coordinates = [.. polygon.Points.SelectMany(p =>
        {
            PatientPoint q = images.Geometry.ToPatient(new VoxelPoint(p.I, p.J, slice));
            return DecimalText.Of(Math.Round(q.X, Decimals), Math.Round(q.Y, Decimals), Math.Round(q.Z, Decimals));
        })];
        return new DicomDataset
        {
            new DicomSequence(DicomTag.ContourImageSequence, ExportModules.Reference(image.SopClassUid, image.SopInstanceUid)),
            { DicomTag.ContourGeometricType, "CLOSED_PLANAR" },
            { DicomTag.NumberOfContourPoints, polygon.Points.Count },
            { DicomTag.ContourData, coordinates },
        };
    }
}
