using CsCheck;
using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Tests.Geometry;

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
