using System.Globalization;
using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Series;

/// <summary>Whether planes form a regular grid, and which. Everything that is not regular is refused with the numbers.</summary>
public static class SeriesGeometry
{
    /// <summary>A volume has at least three slices: two cannot show that their distance is even.</summary>
    public const int MinimumSlices = 3;

    /// <summary>Direction cosines of one stack differ by less than this (0.06°); files round them to six decimals or so.</summary>
    public const double OrientationTolerance = 1e-3;

    /// <summary>Pixel spacings of one stack differ by less than this fraction.</summary>
    public const double SpacingTolerance = 1e-3;

    /// <summary>
    /// Distances between neighbouring slices differ from their median by less than this fraction of it; a missing slice
    /// doubles one, rounding of positions to 0.01 mm changes one of 1 mm by 2 %.
    /// </summary>
    public const double SliceDistanceTolerance = 0.05;

    /// <summary>Slices nearer to each other than this, mm, are at one position.</summary>
    public const double DuplicateDistance = 0.005;

    /// <summary>The direction from the first to the last slice is within this angle, degrees, of the slice normal; more is a tilted gantry.</summary>
    public const double TiltTolerance = 0.5;

    /// <summary>The grid of planes, with slices in order along the normal, and the order: element k is the index of slice k's plane.</summary>
    /// <param name="planes">In any order.</param>
    /// <param name="name">What to call them in messages.</param>
    /// <exception cref="SeriesGeometryException">They form no regular grid.</exception>
    internal static (VolumeGeometry Geometry, int[] Order) Of(IReadOnlyList<SlicePlane> planes, string name)
    {
        if (planes.Count < MinimumSlices)
            throw Refuse(SeriesGeometryReason.TooFewSlices, name, $"{planes.Count} slices; a volume needs at least {MinimumSlices}");
        RequireOneGrid(planes, name);
        SlicePlane first = planes[0];
        PatientVector normal = first.Normal.Normalized();
        double[] heights = [.. planes.Select(p => (p.Position - PatientPoint.Origin).Dot(normal))];
        int[] order = [.. Enumerable.Range(0, planes.Count).OrderBy(n => heights[n])];
        RequireEvenDistances([.. order.Select(n => heights[n])], name);
        SlicePlane lowest = planes[order[0]];
        PatientVector step = (planes[order[^1]].Position - lowest.Position) * (1.0 / (planes.Count - 1));
        double tilt = Math.Acos(Math.Min(1, step.Normalized().Dot(normal))) * 180 / Math.PI;
        if (tilt > TiltTolerance)
            throw Refuse(SeriesGeometryReason.GantryTilt, name, $"the slices are shifted in their plane by {tilt:0.##}° from slice to slice (gantry tilt)");
        RequireStraight(planes, order, lowest.Position, step, name);
        return (new VolumeGeometry
        {
            Columns = first.Columns,
            Rows = first.Rows,
            Slices = planes.Count,
            Origin = lowest.Position,
            DirectionI = first.RowDirection.Normalized(),
            DirectionJ = first.ColumnDirection.Normalized(),
            DirectionK = step.Normalized(),
            SpacingI = first.SpacingI,
            SpacingJ = first.SpacingJ,
            SpacingK = step.Length,
        }, order);
    }

    internal static SeriesGeometryException Refuse(SeriesGeometryReason reason, string name, FormattableString why) =>
        new(reason, $"{name}: {why.ToString(CultureInfo.InvariantCulture)}.");

    private static void RequireOneGrid(IReadOnlyList<SlicePlane> planes, string name)
    {
        SlicePlane first = planes[0];
        if (Math.Abs(first.RowDirection.Length - 1) > OrientationTolerance
            || Math.Abs(first.ColumnDirection.Length - 1) > OrientationTolerance
            || Math.Abs(first.RowDirection.Dot(first.ColumnDirection)) > OrientationTolerance)
        {
            throw Refuse(
                SeriesGeometryReason.InvalidOrientation, name,
                $"Image Orientation (Patient) holds directions of length {first.RowDirection.Length:0.####} and {first.ColumnDirection.Length:0.####} with scalar product {first.RowDirection.Dot(first.ColumnDirection):0.####}");
        }

        foreach (SlicePlane plane in planes)
        {
            if (plane.Rows != first.Rows || plane.Columns != first.Columns)
                throw Refuse(SeriesGeometryReason.MixedSize, name, $"slices of {first.Columns}×{first.Rows} and of {plane.Columns}×{plane.Rows} pixels");
            double turn = Math.Max((plane.RowDirection - first.RowDirection).Length, (plane.ColumnDirection - first.ColumnDirection).Length);
            if (turn > OrientationTolerance)
            {
                double degrees = 2 * Math.Asin(Math.Min(1, turn / 2)) * 180 / Math.PI;
                throw Refuse(SeriesGeometryReason.MixedOrientation, name, $"slices of different orientation, by {degrees:0.##}°");
            }

            if (Math.Abs(plane.SpacingI / first.SpacingI - 1) > SpacingTolerance || Math.Abs(plane.SpacingJ / first.SpacingJ - 1) > SpacingTolerance)
            {
                throw Refuse(
                    SeriesGeometryReason.MixedSize, name,
                    $"slices with pixel spacing {first.SpacingJ:0.####}\\{first.SpacingI:0.####} and {plane.SpacingJ:0.####}\\{plane.SpacingI:0.####} mm");
            }
        }
    }

    private static void RequireEvenDistances(double[] heights, string name)
    {
        double[] distances = [.. heights.Zip(heights.Skip(1), (a, b) => b - a)];
        int duplicates = distances.Count(d => d < DuplicateDistance);
        if (duplicates > 0)
        {
            throw Refuse(
                SeriesGeometryReason.DuplicatePositions, name,
                $"{duplicates} of {heights.Length} slices lie where another one lies");
        }

        double median = distances.Order().ElementAt(distances.Length / 2);
        int worst = Enumerable.Range(0, distances.Length).MaxBy(n => Math.Abs(distances[n] - median));
        if (Math.Abs(distances[worst] - median) > SliceDistanceTolerance * median)
        {
            throw Refuse(
                SeriesGeometryReason.UnevenSpacing, name,
                $"the slices are {median:0.###} mm apart, but {distances[worst]:0.###} mm after slice {worst + 1} of {heights.Length}; a slice may be missing");
        }
    }

    // Even heights and a straight line from first to last still allow a slice moved sideways.
    private static void RequireStraight(IReadOnlyList<SlicePlane> planes, int[] order, PatientPoint origin, PatientVector step, string name)
    {
        for (int k = 0; k < order.Length; k++)
        {
            double off = (origin + step * k).DistanceTo(planes[order[k]].Position);
            double allowed = Math.Max(SliceDistanceTolerance * step.Length, 0.1 * Math.Min(planes[0].SpacingI, planes[0].SpacingJ));
            if (off > allowed)
            {
                throw Refuse(
                    SeriesGeometryReason.GantryTilt, name,
                    $"slice {k + 1} of {order.Length} lies {off:0.###} mm off the line through the others");
            }
        }
    }
}
