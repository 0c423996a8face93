using System.Globalization;

namespace DicomRn.Imaging.Contours;

/// <summary>The sentences that tell a person what the counts of a <see cref="RasterizedRoi"/> mean.</summary>
internal static class RasterizationWarnings
{
    private const double LeastTilt = 0.5;

    public static IReadOnlyList<string> For(RasterizedRoi roi)
    {
        List<string> warnings = [];
        Add(roi.Unreadable, "contours have no readable points and were left out");
        Add(roi.BeyondSlices, "closed contours lie beyond the first or last slice and were left out");
        Add(roi.Tilted, roi.Interpolated ? "closed contours are not parallel to the others and were left out" : "closed contours are not parallel to the slices and were left out");
        Add(roi.CrowdedOut, "closed contours were left out because another contour plane is nearer to their slice");
        Add(roi.CutByBorder, "closed contours reach beside the image and were cut at its border");
        Add(roi.NotClosed, "contours are points, open lines or have fewer than three points and enclose nothing");
        Add(roi.EmptySlicesBetween, "slices between the first and the last contoured slice have no contour");
        Add(roi.SlicesWithNestedContours, "slices have overlapping closed contours, taken as holes (even-odd)");
        if (roi.Interpolated)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{Where(roi).ToString(CultureInfo.InvariantCulture)}; the shape between their planes was interpolated"));
        }
        else if (roi.LargestPlaneOffset > ContourRasterizer.PlaneOffsetWarning)
        {
            warnings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"contours lie between the slices, up to {roi.LargestPlaneOffset:0.00} slices off, and were moved to the nearest"));
        }

        if (roi.UsedContours == 0)
            warnings.Add("no contour lies on a slice");
        else if (roi.VoxelCount == 0)
            warnings.Add("the contours enclose no voxel centre");
        return warnings;

        static FormattableString Where(RasterizedRoi roi) => roi switch
        {
            { PlaneTilt: > LeastTilt } => $"the planes of the contours are tilted by {roi.PlaneTilt:0.0}° to the slices",
            { LargestPlaneOffset: > ContourRasterizer.PlaneOffsetWarning } =>
                $"contours lie between the slices, up to {roi.LargestPlaneOffset:0.00} slices off",
            _ => $"contours lie {roi.PlaneSpacing:0.##} mm apart on slices {roi.Mask.Geometry.SpacingK:0.##} mm apart",
        };

        void Add(int count, string what)
        {
            if (count > 0)
                warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {what}"));
        }
    }
}
