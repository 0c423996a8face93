using System.Globalization;

namespace DicomRn.Imaging.Contours;

/// <summary>The sentences that tell a person what the counts of a <see cref="RasterizedRoi"/> mean.</summary>
internal static class RasterizationWarnings
{
    public static IReadOnlyList<string> For(RasterizedRoi roi)
    {
        List<string> warnings = [];
        Add(roi.Unreadable, "contours have no readable points and were left out");
        Add(roi.BeyondSlices, "closed contours lie beyond the first or last slice and were left out");
        Add(roi.Tilted, "closed contours are not parallel to the slices and were left out");
        Add(roi.CrowdedOut, "closed contours were left out because another contour plane is nearer to their slice");
        Add(roi.CutByBorder, "closed contours reach beside the image and were cut at its border");
        Add(roi.NotClosed, "contours are points, open lines or have fewer than three points and enclose nothing");
        Add(roi.EmptySlicesBetween, "slices between the first and the last contoured slice have no contour");
        Add(roi.SlicesWithNestedContours, "slices have overlapping closed contours, taken as holes (even-odd)");
        if (roi.LargestPlaneOffset > ContourRasterizer.PlaneOffsetWarning)
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

        void Add(int count, string what)
        {
            if (count > 0)
                warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {what}"));
        }
    }
}
