using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Series;

namespace DicomRn.Imaging.Segmentation;

/// <summary>The regular grid on which frames lie when some slices have none, as segmentations may leave out empty frames.</summary>
internal static class FrameGrid
{
    private const double OnGrid = 0.05;

    /// <param name="frames">At least one.</param>
    /// <param name="spacing">Distance of slices, mm, where the file says it; else the smallest distance of two planes is taken.</param>
    /// <param name="name">What to call them in messages.</param>
    public static VolumeGeometry Of(IReadOnlyList<SegmentFrame> frames, double? spacing, string name)
    {
        SlicePlane first = frames[0].Plane;
        PatientVector normal = first.Normal.Normalized();
        foreach (SegmentFrame frame in frames)
        {
            if ((frame.Plane.RowDirection - first.RowDirection).Length > SeriesGeometry.OrientationTolerance
                || (frame.Plane.ColumnDirection - first.ColumnDirection).Length > SeriesGeometry.OrientationTolerance)
            {
                throw SeriesGeometry.Refuse(SeriesGeometryReason.MixedOrientation, name, $"frames of different orientation");
            }

            PatientVector across = frame.Plane.Position - first.Position;
            across -= normal * across.Dot(normal);
            if (across.Length > OnGrid * Math.Min(first.SpacingI, first.SpacingJ))
                throw SeriesGeometry.Refuse(SeriesGeometryReason.GantryTilt, name, $"frames shifted in their plane by {across.Length:0.###} mm");
        }

        double[] heights = [.. frames.Select(f => (f.Plane.Position - first.Position).Dot(normal)).Order()];
        double[] gaps = [.. heights.Zip(heights.Skip(1), (a, b) => b - a).Where(g => g > SeriesGeometry.DuplicateDistance)];
        double step = Step(gaps, spacing);
        foreach (double height in heights)
        {
            double slices = (height - heights[0]) / step;
            if (Math.Abs(slices - Math.Round(slices)) > OnGrid)
                throw SeriesGeometry.Refuse(SeriesGeometryReason.UnevenSpacing, name, $"a frame lies {slices:0.##} slices of {step:0.###} mm from the first");
        }

        return new VolumeGeometry
        {
            Columns = first.Columns,
            Rows = first.Rows,
            Slices = (int)Math.Round((heights[^1] - heights[0]) / step) + 1,
            Origin = first.Position + normal * heights[0],
            DirectionI = first.RowDirection.Normalized(),
            DirectionJ = first.ColumnDirection.Normalized(),
            DirectionK = normal,
            SpacingI = first.SpacingI,
            SpacingJ = first.SpacingJ,
            SpacingK = step,
        };
    }

    // The spacing that the file states is believed only where the planes agree; the mean over the whole stack is the more exact.
    private static double Step(double[] gaps, double? stated)
    {
        if (gaps.Length == 0)
            return stated is > 0 ? stated.Value : 1;
        double smallest = gaps.Min();
        double rough = stated is > 0 && gaps.All(g => Math.Abs(g / stated.Value - Math.Round(g / stated.Value)) < OnGrid) && smallest > stated / 2
            ? stated.Value
            : smallest;
        double total = gaps.Sum();
        return total / Math.Max(1, Math.Round(total / rough));
    }
}
