using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Contours;

/// <summary>
/// Closed planar contours to a voxel mask. A voxel is inside if its centre is inside an odd number of the contours on its
/// slice (even-odd rule, which also gives keyholes, holes and CLOSEDPLANAR_XOR); <see cref="PolygonFill"/> states what
/// becomes of centres exactly on an edge. A contour belongs to the slice whose plane its points lie nearest to, in
/// patient space, for stacks of any orientation; image references are not needed. Grid and contours must share a frame of reference.
/// </summary>
public static class ContourRasterizer
{
    /// <summary>A contour whose points lie further than this from its mean plane is tilted, in slices.</summary>
    public const double TiltTolerance = 0.5;

    /// <summary>A contour plane further than this from its slice is worth a warning, in slices.</summary>
    public const double PlaneOffsetWarning = 0.1;

    // Contours of one plane written with rounded coordinates; planes of two acquisitions are further apart.
    private const double SamePlane = 0.02;

    /// <summary>Makes the mask of a ROI.</summary>
    /// <param name="roi">Its contours; in the frame of reference of the grid.</param>
    /// <param name="grid">Any orientation; axis K is from slice to slice.</param>
    public static RasterizedRoi Rasterize(RtRoi roi, VolumeGeometry grid)
    {
        List<PlacedContour> placed = [];
        int notClosed = 0, beyond = 0, tilted = 0;
        foreach (RtContour contour in roi.Contours)
        {
            if (contour.GeometricType is not (ContourGeometricType.ClosedPlanar or ContourGeometricType.ClosedPlanarXor)
                || contour.Points.Count < 3)
            {
                notClosed++;
                continue;
            }

            PlacedContour candidate = PlacedContour.On(grid, contour);
            if (candidate.Spread > TiltTolerance)
                tilted++;
            else if (candidate.Slice < 0 || candidate.Slice >= grid.Slices)
                beyond++;
            else
                placed.Add(candidate);
        }

        List<PlacedContour> used = NearestPlanes(placed);
        Volume<byte> mask = new(grid);
        IGrouping<int, PlacedContour>[] slices = [.. used.GroupBy(c => c.Slice).OrderBy(g => g.Key)];
        int[] counts = new int[slices.Length];
        bool[] nested = new bool[slices.Length];
        Parallel.For(0, slices.Length, n => (counts[n], nested[n]) = Fill(mask, slices[n]));
        RasterizedRoi result = new()
        {
            Mask = mask,
            VoxelCount = counts.Sum(c => (long)c),
            UsedContours = used.Count,
            Unreadable = roi.UnreadableContours,
            NotClosed = notClosed,
            BeyondSlices = beyond,
            Tilted = tilted,
            CrowdedOut = placed.Count - used.Count,
            EmptySlicesBetween = slices.Length == 0 ? 0 : slices[^1].Key - slices[0].Key + 1 - slices.Length,
            SlicesWithNestedContours = nested.Count(n => n),
            CutByBorder = used.Count(c => c.LeavesGrid(grid)),
            LargestPlaneOffset = used.Count == 0 ? 0 : used.Max(c => Math.Abs(c.Plane - c.Slice)),
            Warnings = [],
        };
        return result with { Warnings = RasterizationWarnings.For(result) };
    }

    // Where contours are drawn on thinner slices than the grid's, several planes meet on one slice; combining them by
    // even-odd would hollow the lesion out.
    private static List<PlacedContour> NearestPlanes(List<PlacedContour> placed)
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

    private readonly struct PlacedContour
    {
        private readonly PixelPoint[] _points;

        private PlacedContour(ContourGeometricType type, PixelPoint[] points, double plane, double spread)
        {
            (Type, _points, Plane, Spread) = (type, points, plane, spread);
            Slice = (int)Math.Clamp(Math.Floor(plane + 0.5), -1, int.MaxValue);
        }

        public ContourGeometricType Type { get; }

        public ReadOnlySpan<PixelPoint> Points => _points;

        public double Plane { get; }

        public double Spread { get; }

        public int Slice { get; }

        public static PlacedContour On(VolumeGeometry grid, RtContour contour)
        {
            VoxelPoint[] voxels = [.. contour.Points.Select(grid.ToVoxel)];
            double plane = voxels.Average(v => v.K);
            return new PlacedContour(
                contour.GeometricType,
                Array.ConvertAll(voxels, v => new PixelPoint(v.I, v.J)),
                plane,
                voxels.Max(v => Math.Abs(v.K - plane)));
        }

        public bool LeavesGrid(VolumeGeometry grid) => _points.Any(p =>
            p.I < -0.5 || p.J < -0.5 || p.I > grid.Columns - 0.5 || p.J > grid.Rows - 0.5);
    }
}
