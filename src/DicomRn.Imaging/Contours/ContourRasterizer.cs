using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Contours;

/// <summary>
/// Closed planar contours to a voxel mask. A voxel is inside if its centre is inside an odd number of the contours on its
/// slice (even-odd rule, which also gives keyholes, holes and CLOSEDPLANAR_XOR); <see cref="PolygonFill"/> states what
/// becomes of centres exactly on an edge. A contour belongs to the slice whose plane its points lie nearest to, in
/// patient space, for stacks of any orientation; image references are not needed. Where the planes of the contours are not slices
/// of the grid (between them, tilted, or further apart than them), the mask is that of their <see cref="ContourShape"/>, and the warnings say so.
/// Grid and contours must share a frame of reference.
/// </summary>
public static class ContourRasterizer
{
    /// <summary>A contour whose points lie further than this from its mean plane is tilted, in slices.</summary>
    public const double TiltTolerance = 0.5;

    /// <summary>Contours further than this from the slices are no contours of the slices, in slices.</summary>
    public const double PlaneOffsetWarning = 0.1;

    // Contours of one plane written with rounded coordinates; planes of two acquisitions are further apart.
    private const double SamePlane = 0.02;

    // From as many planes on, planes further apart than the slices are thicker slices and no gaps.
    private const int PlanesOfThickerSlices = 3;

    /// <summary>Makes the mask of a ROI.</summary>
    /// <param name="roi">Its contours; in the frame of reference of the grid.</param>
    /// <param name="grid">Any orientation; axis K is from slice to slice.</param>
    public static RasterizedRoi Rasterize(RtRoi roi, VolumeGeometry grid) => Rasterize(roi, new Volume<byte>(grid));

    /// <summary>Makes the mask of a ROI in memory that is there already.</summary>
    /// <param name="roi">Its contours; in the frame of reference of the grid.</param>
    /// <param name="empty">All 0, on a grid of any orientation; becomes <see cref="RasterizedRoi.Mask"/>.</param>
    public static RasterizedRoi Rasterize(RtRoi roi, Volume<byte> empty)
    {
        VolumeGeometry grid = empty.Geometry;
        RtContour[] closed = [.. roi.Contours.Where(ContourShape.IsClosed)];
        PlacedContour[] all = Array.ConvertAll(closed, c => PlacedContour.On(grid, c));
        PlacedContour[] parallel = [.. all.Where(c => c.Spread <= TiltTolerance)];
        PlacedContour[] placed = [.. parallel.Where(c => c.Slice >= 0 && c.Slice < grid.Slices)];
        List<PlacedContour> used = NearestPlanes(placed);
        RasterizedRoi counted = new()
        {
            Mask = empty,
            VoxelCount = 0,
            UsedContours = 0,
            Unreadable = roi.UnreadableContours,
            NotClosed = roi.Contours.Count - closed.Length,
            BeyondSlices = parallel.Length - placed.Length,
            Tilted = closed.Length - parallel.Length,
            CrowdedOut = placed.Length - used.Count,
            EmptySlicesBetween = 0,
            SlicesWithNestedContours = 0,
            CutByBorder = placed.Count(c => c.LeavesGrid(grid)),
            LargestPlaneOffset = used.Count == 0 ? 0 : used.Max(c => Math.Abs(c.Plane - c.Slice)),
            Warnings = [],
        };
        bool between = closed.Length > 2 * parallel.Length || !AreSlices(used);
        RasterizedRoi result = between ? Interpolate(closed, used, counted) : OnSlices(used, counted);
        return result with { Warnings = RasterizationWarnings.For(result) };
    }

    private static RasterizedRoi OnSlices(List<PlacedContour> used, RasterizedRoi counted)
    {
        IGrouping<int, PlacedContour>[] slices = [.. used.GroupBy(c => c.Slice).OrderBy(g => g.Key)];
        int[] counts = new int[slices.Length];
        bool[] nested = new bool[slices.Length];
        Parallel.For(0, slices.Length, n => (counts[n], nested[n]) = Fill(counted.Mask, slices[n]));
        return counted with
        {
            VoxelCount = counts.Sum(c => (long)c),
            Slices = slices.Length == 0 ? default : slices[0].Key..(slices[^1].Key + 1),
            UsedContours = used.Count,
            EmptySlicesBetween = slices.Length == 0 ? 0 : slices[^1].Key - slices[0].Key + 1 - slices.Length,
            SlicesWithNestedContours = nested.Count(n => n),
        };
    }

    // A lone plane between two slices says nothing of its thickness: it stays on the nearest.
    private static RasterizedRoi Interpolate(RtContour[] closed, List<PlacedContour> used, RasterizedRoi counted)
    {
        VolumeGeometry grid = counted.Mask.Geometry;
        if (ContourShape.TryOf(closed, grid.SpacingK) is not { Planes: > 1 } shape)
            return OnSlices(used, counted);
        Range reach = shape.Fill(counted.Mask);
        (int first, int count) = reach.GetOffsetAndLength(grid.Slices);
        int[] counts = [.. Enumerable.Range(first, count).Select(k => counted.Mask.Slice(k).Count((byte)1))];
        int[] filled = [.. Enumerable.Range(first, count).Where(k => counts[k - first] > 0)];
        return counted with
        {
            VoxelCount = counts.Sum(c => (long)c),
            Slices = reach,
            UsedContours = shape.Contours,
            CrowdedOut = 0,
            Tilted = shape.NotParallel,
            EmptySlicesBetween = filled.Length == 0 ? 0 : filled[^1] - filled[0] + 1 - filled.Length,
            SlicesWithNestedContours = shape.NestedPlanes,
            Interpolated = true,
            PlaneTilt = Math.Acos(Math.Min(1, Math.Abs(shape.Normal.Dot(grid.Normal)))) * 180 / Math.PI,
            PlaneSpacing = shape.PlaneSpacing,
        };
    }

    private static bool AreSlices(List<PlacedContour> used)
    {
        if (used.Exists(c => c.Offset > PlaneOffsetWarning))
            return false;
        int[] slices = [.. used.Select(c => c.Slice).Distinct().Order()];
        return slices.Length < PlanesOfThickerSlices
            || slices.Zip(slices.Skip(1), (a, b) => b - a).Order().ElementAt((slices.Length - 1) / 2) == 1;
    }

    // Where contours are drawn on thinner slices than the grid's, several planes meet on one slice; combining them by
    // even-odd would hollow the lesion out.
    private static List<PlacedContour> NearestPlanes(PlacedContour[] placed)
    {
        List<PlacedContour> used = [];
        foreach (IGrouping<int, PlacedContour> slice in placed.GroupBy(c => c.Slice))
        {
            double plane = slice.MinBy(c => Math.Abs(c.Plane - c.Slice)).Plane;
            used.AddRange(slice.Where(c => Math.Abs(c.Plane - plane) <= SamePlane));
        }

        return used;
    }

    private static (int Count, bool Nested) Fill(Volume<byte> mask, IEnumerable<PlacedContour> contours)
    {
        VolumeGeometry grid = mask.Geometry;
        PolygonFill fill = new(grid.Columns, grid.Rows);
        byte[]? covered = null;
        bool nested = false;
        PlacedContour[] all = [.. contours];
        foreach (PlacedContour contour in all)
            fill.Add(contour.Points);
        if (all.Length > 1 && all.Any(c => c.Type == ContourGeometricType.ClosedPlanar))
        {
            covered = new byte[grid.Columns * grid.Rows];
            nested = all.Any(c => Overlaps(covered, c, grid));
        }

        return (fill.Fill(mask.Slice(all[0].Slice)), nested);
    }

    private static bool Overlaps(byte[] covered, PlacedContour contour, VolumeGeometry grid)
    {
        PolygonFill alone = new(grid.Columns, grid.Rows);
        alone.Add(contour.Points);
        byte[] own = new byte[covered.Length];
        alone.Fill(own);
        bool overlaps = false;
        for (int n = 0; n < own.Length; n++)
        {
            overlaps |= own[n] != 0 && covered[n] != 0;
            covered[n] |= own[n];
        }

        return overlaps;
    }
}
