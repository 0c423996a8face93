using CsCheck;
using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Tests.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Tests.Contours;

public sealed class ContourRasterizerTests
{
    private static readonly VolumeGeometry Axial = VolumeGeometry.Axial(20, 20, 5, 1, new PatientPoint(-10, -10, 100)) with { SpacingK = 3 };

    [Fact]
    public void A_contour_fills_the_slice_its_points_lie_on_in_any_orientation() =>
        Gen.Select(Grids.Any(20), Gen.Double[0, 1], Gen.Double[-0.4, 0.4]).Sample((grid, where, off) =>
        {
            int slice = (int)(where * (grid.Slices - 1));
            RasterizedRoi roi = ContourRasterizer.Rasterize(
                Roi(Square(grid, slice + off, 0.3, 0.3, grid.Columns - 1.3, grid.Rows - 1.3)), grid);
            long expected = (long)Math.Max(grid.Columns - 2, 0) * Math.Max(grid.Rows - 2, 0);
            return roi.Mask.Slice(slice).ToArray().Sum(v => (long)v) == roi.VoxelCount
                && (grid.Columns < 3 || grid.Rows < 3 || roi.VoxelCount == expected)
                && Math.Abs(roi.LargestPlaneOffset - Math.Abs(off)) < 1e-6;
        });

    [Fact]
    public void A_mask_in_memory_that_is_there_already_is_the_same_and_empty_outside_of_its_slices() =>
        Gen.Select(Grids.Any(20), Gen.Double[0, 1], Gen.Double[0, 1], Gen.Bool).Sample((grid, from, to, between) =>
        {
            double first = from * (grid.Slices - 1), last = to * (grid.Slices - 1), step = between ? 0.7 : 1;
            if (!between)
                (first, last) = (Math.Round(first), Math.Round(last));
            RtRoi roi = Roi([.. Enumerable.Range(0, 1 + (int)(Math.Abs(last - first) / step))
                .Select(n => Square(grid, Math.Min(first, last) + n * step, 0.3, 0.3, grid.Columns - 1.3, grid.Rows - 1.3))]);
            Volume<byte> empty = new(grid);
            RasterizedRoi own = ContourRasterizer.Rasterize(roi, grid), given = ContourRasterizer.Rasterize(roi, empty);
            int[] filled = [.. Enumerable.Range(0, grid.Slices).Where(k => given.Mask.Slice(k).Contains((byte)1))];
            (int start, int count) = given.Slices.GetOffsetAndLength(grid.Slices);
            return given.Mask == empty && own.Mask.Voxels.AsSpan().SequenceEqual(empty.Voxels)
                && filled.All(k => k >= start && k < start + count) && given.VoxelCount == empty.Voxels.AsSpan().Count((byte)1);
        });

    [Fact]
    public void A_contour_inside_another_is_a_hole_and_flagged_unless_it_is_XOR()
    {
        RtContour outer = Square(Axial, 2, 2.5, 2.5, 12.5, 12.5), inner = Square(Axial, 2, 4.5, 4.5, 7.5, 7.5);
        RasterizedRoi plain = ContourRasterizer.Rasterize(Roi(outer, inner), Axial);
        Assert.Equal(100 - 9, plain.VoxelCount);
        Assert.Equal(1, plain.SlicesWithNestedContours);
        Assert.Contains(plain.Warnings, w => w.Contains("overlapping", StringComparison.Ordinal));

        RasterizedRoi xor = ContourRasterizer.Rasterize(
            Roi(outer with { GeometricType = ContourGeometricType.ClosedPlanarXor }, inner with { GeometricType = ContourGeometricType.ClosedPlanarXor }),
            Axial);
        Assert.Equal(91, xor.VoxelCount);
        Assert.Empty(xor.Warnings);
    }

    [Fact]
    public void A_contour_beyond_the_slices_is_reported()
    {
        RasterizedRoi roi = ContourRasterizer.Rasterize(
            Roi(Square(Axial, -0.6, 2, 2, 9, 9), Square(Axial, 4.6, 2, 2, 9, 9), Square(Axial, 4, 2.5, 2.5, 9.5, 9.5)), Axial);
        Assert.Equal(2, roi.BeyondSlices);
        Assert.Equal(1, roi.UsedContours);
        Assert.Equal(49, roi.VoxelCount);
        Assert.Single(roi.Warnings);
    }

    [Fact]
    public void A_contour_that_is_not_parallel_to_the_slices_is_reported()
    {
        RtContour sagittal = new()
        {
            GeometricType = ContourGeometricType.ClosedPlanar,
            Points = [new(0, 0, 100), new(0, 5, 100), new(0, 5, 112), new(0, 0, 112)],
        };
        RasterizedRoi roi = ContourRasterizer.Rasterize(Roi(sagittal), Axial);
        Assert.Equal(1, roi.Tilted);
        Assert.Equal(0, roi.VoxelCount);
        Assert.Equal(2, roi.Warnings.Count);
    }

    [Fact]
    public void Contours_on_thinner_slices_than_the_grid_do_not_hollow_the_lesion_out()
    {
        RtContour[] thin = [.. Enumerable.Range(0, 8).Select(n => Square(Axial, 1 + n / 3.0, 2.5, 2.5, 9.5, 9.5))];
        RasterizedRoi roi = ContourRasterizer.Rasterize(Roi(thin), Axial);
        Assert.Equal(5, roi.CrowdedOut);
        Assert.Equal(3 * 49, roi.VoxelCount);
    }

    [Fact]
    public void Points_and_open_lines_enclose_nothing_and_gaps_are_told()
    {
        RtContour point = new() { GeometricType = ContourGeometricType.Point, Points = [new(0, 0, 100)] };
        RtContour open = Square(Axial, 1, 2, 2, 9, 9) with { GeometricType = ContourGeometricType.OpenPlanar };
        RasterizedRoi roi = ContourRasterizer.Rasterize(
            Roi(point, open, Square(Axial, 0, 2.5, 2.5, 9.5, 9.5), Square(Axial, 3, 2.5, 2.5, 9.5, 9.5)), Axial);
        Assert.Equal(2, roi.NotClosed);
        Assert.Equal(2, roi.EmptySlicesBetween);
        Assert.Equal(98, roi.VoxelCount);
    }

    [Fact]
    public void A_contour_beside_the_image_is_cut_and_told()
    {
        RasterizedRoi roi = ContourRasterizer.Rasterize(Roi(Square(Axial, 0, -30, 2.5, 4.5, 4.5)), Axial);
        Assert.Equal(10, roi.VoxelCount);
        Assert.Equal(1, roi.CutByBorder);
    }

    [Fact]
    public void A_keyhole_channel_leaves_no_trace()
    {
        PixelPoint[] keyhole =
        [
            new(2.5, 2.5), new(12.5, 2.5), new(12.5, 12.5), new(2.5, 12.5), new(2.5, 6.01),
            new(4.5, 6.01), new(4.5, 8.5), new(8.5, 8.5), new(8.5, 5.5), new(4.5, 5.5), new(4.5, 6.01), new(2.5, 6.01),
        ];
        RtContour contour = new()
        {
            GeometricType = ContourGeometricType.ClosedPlanar,
            Points = [.. keyhole.Select(p => Axial.ToPatient(new VoxelPoint(p.I, p.J, 2)))],
        };
        Assert.Equal(100 - 12, ContourRasterizer.Rasterize(Roi(contour), Axial).VoxelCount);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.3)]
    public void Contours_between_the_slices_are_interpolated_as_a_shape_and_said_so(double off)
    {
        // A cone: squares that shrink from plane to plane, half as much on the slices half-way.
        RtContour[] cone = [.. Enumerable.Range(0, 4).Select(n => Square(Axial, n + off, 2.25 + n, 2.25 + n, 16.75 - n, 16.75 - n))];
        RasterizedRoi roi = ContourRasterizer.Rasterize(Roi(cone), Axial);
        Assert.True(roi.Interpolated);
        Assert.Equal(0, roi.CrowdedOut);
        Assert.Equal(off, roi.LargestPlaneOffset, 1e-9);
        Assert.Contains(roi.Warnings, w => w.Contains($"{off:0.00} slices off", StringComparison.Ordinal) && w.Contains("interpolated", StringComparison.Ordinal));
        for (int k = 1; k <= 3; k++)
        {
            // Slice k lies 1 - off of the way from plane k - 1 to plane k.
            double low = 2.25 + k - off;
            int side = Enumerable.Range(0, 20).Count(i => i > low && i < 19 - low);

            // Distances round the corners off, at most by a voxel each.
            Assert.InRange(roi.Mask.Slice(k).ToArray().Sum(v => v), side * side - 4, side * side);
        }
    }

    [Fact]
    public void Contours_on_thicker_slices_than_the_grid_fill_the_slices_between()
    {
        VolumeGeometry thin = Axial with { SpacingK = 1, Slices = 12 };
        RtContour[] thick = [.. Enumerable.Range(0, 4).Select(n => Square(thin, 1 + 3 * n, 2.5, 2.5, 9.5, 9.5))];
        RasterizedRoi roi = ContourRasterizer.Rasterize(Roi(thick), thin);
        Assert.Equal(12 * 49, roi.VoxelCount);
        Assert.Equal(0, roi.EmptySlicesBetween);
        Assert.Contains("3 mm apart on slices 1 mm apart", Assert.Single(roi.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Tilted_contours_are_interpolated_as_a_shape_with_their_angle_told()
    {
        // A ball of radius 12 mm, drawn on planes turned by 25° about x.
        VolumeGeometry fine = VolumeGeometry.Axial(40, 40, 40, 1, new PatientPoint(-20, -20, -20));
        double angle = 25 * Math.PI / 180;
        PatientVector v = new(0, Math.Cos(angle), Math.Sin(angle)), normal = new(0, -Math.Sin(angle), Math.Cos(angle));
        RtContour[] contours = [.. Enumerable.Range(-5, 11).Select(n => new RtContour
        {
            GeometricType = ContourGeometricType.ClosedPlanar,
            Points = [.. Enumerable.Range(0, 120).Select(m => PatientPoint.Origin + normal * (2.0 * n)
                + new PatientVector(1, 0, 0) * (Math.Sqrt(144 - 4 * n * n) * Math.Cos(m * Math.Tau / 120)) + v * (Math.Sqrt(144 - 4 * n * n) * Math.Sin(m * Math.Tau / 120)))],
        })];
        RasterizedRoi roi = ContourRasterizer.Rasterize(Roi(contours), fine);
        Assert.Equal(25, roi.PlaneTilt, 0.01);
        Assert.Equal(11, roi.UsedContours);
        Assert.Contains(roi.Warnings, w => w.Contains("tilted by 25.0°", StringComparison.Ordinal));
        double ball = 4.0 / 3 * Math.PI * 1728;
        Assert.InRange(roi.VoxelCount, 0.97 * ball, 1.03 * ball);
    }

    [Fact]
    public void Holes_survive_the_interpolation_whether_XOR_or_keyhole()
    {
        RtContour[] rings = [.. Enumerable.Range(0, 4).SelectMany(n => new[]
        {
            Square(Axial, n + 0.5, 2.5, 2.5, 12.5, 12.5) with { GeometricType = ContourGeometricType.ClosedPlanarXor },
            Square(Axial, n + 0.5, 5.5, 5.5, 9.5, 9.5) with { GeometricType = ContourGeometricType.ClosedPlanarXor },
        })];
        RasterizedRoi roi = ContourRasterizer.Rasterize(Roi(rings), Axial);
        Assert.Equal(0, roi.SlicesWithNestedContours);
        Assert.Equal(100 - 16, roi.Mask.Slice(2).ToArray().Sum(v => v));
        RasterizedRoi plain = ContourRasterizer.Rasterize(Roi([.. rings.Select(r => r with { GeometricType = ContourGeometricType.ClosedPlanar })]), Axial);
        Assert.Equal(roi.Mask.Voxels, plain.Mask.Voxels);
        Assert.Equal(4, plain.SlicesWithNestedContours);
    }

    private static RtRoi Roi(params RtContour[] contours) => new() { Number = 1, Name = "TV", Contours = contours };

    private static RtContour Square(VolumeGeometry grid, double k, double i0, double j0, double i1, double j1) => new()
    {
        GeometricType = ContourGeometricType.ClosedPlanar,
        Points =
        [
            grid.ToPatient(new VoxelPoint(i0, j0, k)), grid.ToPatient(new VoxelPoint(i1, j0, k)),
            grid.ToPatient(new VoxelPoint(i1, j1, k)), grid.ToPatient(new VoxelPoint(i0, j1, k)),
        ],
    };
}
