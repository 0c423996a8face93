using CsCheck;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Radiomics.Preparation;
using DicomRn.Learning.Radiomics.Shape;

namespace DicomRn.Learning.Tests.Radiomics;

public sealed class RadiomicsShapeTests
{
    [Fact]
    public void Moran_and_Geary_equal_the_sums_over_all_pairs()
    {
        Gen.Float[0, 10].Array[60].Sample(values =>
        {
            VolumeGeometry grid = VolumeGeometry.Axial(5, 4, 3, 1, PatientPoint.Origin) with { SpacingJ = 1.5, SpacingK = 3 };
            Volume<float> image = new(grid, values);
            Volume<byte> mask = new(grid, Array.ConvertAll(values, v => v > 3 ? (byte)1 : (byte)0));
            mask[0, 0, 0] = mask[4, 3, 2] = mask[2, 1, 1] = 1;
            AnalysisRegion region = new(image, mask, mask);

            SpatialCorrelation correlation = SpatialCorrelation.Of(region);

            (double moran, double geary) = OverPairs(region);
            Assert.Equal(moran, correlation.Moran, 8);
            Assert.Equal(geary, correlation.Geary, 8);
        }, iter: 30);
    }

    [Fact]
    public void Hull_of_a_convex_mask_is_its_mesh_and_larger_than_that_of_any_mask()
    {
        Gen.Byte[0, 1].Array[125].Sample(inside =>
        {
            Volume<byte> mask = new(VolumeGeometry.Axial(5, 5, 5, 1, PatientPoint.Origin), inside);
            mask[2, 2, 2] = 1;
            SurfaceMesh mesh = SurfaceMesh.Of(mask, VoxelBox.Around(mask)!.Value);
            (_, double volume) = ConvexHull.Of(mesh.Vertices)!.Measure(1, 1, 1);
            Assert.True(volume >= mesh.Volume - 1e-9);
        }, iter: 100);

        Volume<byte> one = new(VolumeGeometry.Axial(1, 1, 1, 2, PatientPoint.Origin), [1]);
        SurfaceMesh octahedron = SurfaceMesh.Of(one, VoxelBox.Around(one)!.Value);
        (double area, double size) = ConvexHull.Of(octahedron.Vertices)!.Measure(2, 2, 2);
        // An octahedron of half axis 1: volume 4/3, area 4√3.
        Assert.Equal(4.0 / 3, octahedron.Volume, 12);
        Assert.Equal(4 * Math.Sqrt(3), octahedron.Area, 12);
        Assert.Equal(4.0 / 3, size, 12);
        Assert.Equal(4 * Math.Sqrt(3), area, 12);
    }

    [Fact]
    public void Smallest_ellipsoid_around_the_corners_of_a_block_has_root_three_times_its_half_edges()
    {
        PatientVector[] corners = [.. Enumerable.Range(0, 8).Select(n => new PatientVector((n & 1) * 2, (n >> 1 & 1) * 4, (n >> 2) * 6))];

        Ellipsoid ellipsoid = EnclosingEllipsoid.Around(corners);

        Assert.Equal(3 * Math.Sqrt(3), ellipsoid.A, 3);
        Assert.Equal(2 * Math.Sqrt(3), ellipsoid.B, 3);
        Assert.Equal(Math.Sqrt(3), ellipsoid.C, 3);
    }

    [Fact]
    public void Ellipsoid_of_equal_axes_has_the_area_of_a_sphere() => Assert.Equal(4 * Math.PI * 9, new Ellipsoid(3, 3, 3).Area, 10);

    [Fact]
    public void Block_around_a_turned_box_is_the_box()
    {
        (double c, double s) = Math.SinCos(0.3);
        PatientVector[] corners =
        [
            .. Enumerable.Range(0, 8).Select(n => (X: (n & 1) * 2.0, Y: (n >> 1 & 1) * 4.0, Z: (n >> 2) * 6.0))
                .Select(p => new PatientVector(c * p.X - s * p.Y, s * p.X + c * p.Y, p.Z)),
        ];

        BoundingBlock block = BoundingBlock.Oriented(corners, [new PatientVector(0, 0, 1), new PatientVector(1, 0, 0)]);

        Assert.Equal(48, block.Volume, 9);
        Assert.Equal(2 * (8 + 12 + 24), block.Area, 9);
    }

    private static (double Moran, double Geary) OverPairs(AnalysisRegion region)
    {
        double[] x = region.Values;
        double mean = x.Average(), variance = x.Sum(v => (v - mean) * (v - mean)), weights = 0, products = 0, differences = 0;
        for (int a = 0; a < x.Length; a++)
        {
            for (int b = 0; b < x.Length; b++)
            {
                if (a == b)
                    continue;
                double w = 1 / Place(region.Inside[a]).DistanceTo(Place(region.Inside[b]));
                weights += w;
                products += w * (x[a] - mean) * (x[b] - mean);
                differences += w * (x[a] - x[b]) * (x[a] - x[b]);
            }
        }

        return (x.Length / weights * products / variance, (x.Length - 1) / (2 * weights) * differences / variance);

        PatientPoint Place(int at) => region.Grid.ToPatient(new VoxelPoint(at % 5, at / 5 % 4, at / 20));
    }
}
