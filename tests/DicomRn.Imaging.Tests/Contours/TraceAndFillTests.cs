using CsCheck;
using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Tests.Contours;

public sealed class TraceAndFillTests
{
    private const int Columns = 13;

    private static readonly Gen<byte[]> AnySlice = Gen.Select(Gen.Int[1, 11], Gen.Double[0.1, 0.9]).SelectMany((rows, density) =>
        Gen.Double[0, 1].Array[rows * Columns].Select(values => Array.ConvertAll(values, v => v < density ? (byte)1 : (byte)0)));

    [Fact]
    public void Filling_the_outlines_of_a_slice_gives_the_slice() =>
        AnySlice.Sample(slice => Fill(ContourTracer.Trace(slice, Columns), slice.Length / Columns).SequenceEqual(slice));

    [Fact]
    public void Leaving_out_collinear_points_changes_nothing_inside() =>
        AnySlice.Sample(slice => Fill(
            [.. ContourTracer.Trace(slice, Columns).Select(p => p.WithoutCollinearPoints())],
            slice.Length / Columns).SequenceEqual(slice));

    [Fact]
    public void Keyholes_keep_the_holes_out_with_one_polygon_per_outline() =>
        AnySlice.Sample(slice =>
        {
            IReadOnlyList<TracedPolygon> traced = [.. ContourTracer.Trace(slice, Columns).Select(p => p.WithoutCollinearPoints())];
            IReadOnlyList<TracedPolygon> joined = Keyhole.Join(traced);
            return joined.Count == traced.Count(p => !p.IsHole) && Fill(joined, slice.Length / Columns).SequenceEqual(slice);
        });

    [Fact]
    public void A_ring_has_an_outline_and_a_hole_that_run_in_opposite_senses()
    {
        byte[] ring = [1, 1, 1, 1, 0, 1, 1, 1, 1];
        IReadOnlyList<TracedPolygon> polygons = ContourTracer.Trace(ring, 3);
        Assert.Equal([false, true], polygons.Select(p => p.IsHole));
        Assert.Equal(9 - 0.5, polygons[0].SignedArea, 1e-12);
        Assert.Equal(-0.5, polygons[1].SignedArea, 1e-12);
    }

    [Fact]
    public void Pixels_that_touch_at_a_corner_have_outlines_of_their_own() =>
        Assert.Equal(2, ContourTracer.Trace([1, 0, 0, 1], 2).Count);

    [Fact]
    public void A_centre_on_an_edge_belongs_to_the_polygon_towards_larger_indices()
    {
        byte[] slice = new byte[25];
        PolygonFill fill = new(5, 5);
        fill.Add([new(1, 1), new(3, 1), new(3, 3), new(1, 3)]);
        Assert.Equal(4, fill.Fill(slice));
        Assert.Equal([6, 7, 11, 12], Enumerable.Range(0, 25).Where(n => slice[n] == 1));
    }

    [Fact]
    public void Triangles_that_share_an_edge_share_no_pixel_and_leave_none_out() =>
        Gen.Select(Gen.Int[0, 12], Gen.Int[0, 10]).Sample((i, j) =>
        {
            // The rectangle 1..11 × 1..9 cut into four triangles at a lattice point.
            PixelPoint[] corners = [new(1, 1), new(11, 1), new(11, 9), new(1, 9)];
            PixelPoint cut = new(Math.Clamp(i, 2, 10), Math.Clamp(j, 2, 8));
            int sum = 0;
            for (int n = 0; n < 4; n++)
            {
                PolygonFill triangle = new(Columns, 11);
                triangle.Add([corners[n], corners[(n + 1) % 4], cut]);
                sum += triangle.Fill(new byte[Columns * 11]);
            }

            return sum == 80;
        });

    [Fact]
    public void A_polygon_that_leaves_the_slice_is_cut_at_its_border()
    {
        byte[] slice = new byte[9];
        PolygonFill fill = new(3, 3);
        fill.Add([new(-5, -5), new(1.5, -5), new(1.5, 20), new(-5, 20)]);
        Assert.Equal(6, fill.Fill(slice));
        Assert.Equal([1, 1, 0, 1, 1, 0, 1, 1, 0], slice);
    }

    private static byte[] Fill(IReadOnlyList<TracedPolygon> polygons, int rows)
    {
        PolygonFill fill = new(Columns, rows);
        foreach (TracedPolygon polygon in polygons)
            fill.Add([.. polygon.Points]);
        byte[] slice = new byte[rows * Columns];
        fill.Fill(slice);
        return slice;
    }
}
