using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.Node.Reporting.StructuredReport;

namespace DicomRn.Node.Reporting;

/// <summary>Outlines of a mask for the SR, on the slices of largest area.</summary>
internal static class LesionOutlines
{
    /// <summary>The outlines.</summary>
    /// <param name="mask">The lesion on the grid of the series.</param>
    /// <param name="series">The images, one per slice.</param>
    /// <param name="count">On how many slices at most.</param>
    public static IReadOnlyList<LesionOutline> Of(Volume<byte> mask, ImageSeries series, int count)
    {
        double pixelArea = mask.Geometry.SpacingI * mask.Geometry.SpacingJ;
        return
        [
            .. Enumerable.Range(0, mask.Geometry.Slices)
                .Select(k => (Slice: k, Pixels: mask.Slice(k).Count((byte)1)))
                .Where(s => s.Pixels > 0)
                .OrderByDescending(s => s.Pixels).ThenBy(s => s.Slice)
                .Take(count)
                .Select(s => new LesionOutline(Image(series.Instances[s.Slice]), Points(mask, s.Slice), s.Pixels * pixelArea)),
        ];
    }

    /// <summary>The image of a slice as a content item refers to it.</summary>
    public static ImageReference Image(SourceInstance instance) => new(instance.SopClassUid, instance.SopInstanceUid, instance.FrameNumber);

    // The largest part; the grid counts from pixel centres, image coordinates from the corner of the first pixel.
    private static List<(float Column, float Row)> Points(Volume<byte> mask, int slice)
    {
        TracedPolygon outline = ContourTracer.Trace(mask.Slice(slice), mask.Geometry.Columns).MaxBy(p => p.SignedArea)!.WithoutCollinearPoints();
        List<(float Column, float Row)> points = [.. outline.Points.Select(p => ((float)(p.I + 0.5), (float)(p.J + 0.5)))];
        points.Add(points[0]);
        return points;
    }
}
