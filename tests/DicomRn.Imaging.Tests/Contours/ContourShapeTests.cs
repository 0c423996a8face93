using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Tests.Contours;

public sealed class ContourShapeTests
{
    private static readonly VolumeGeometry Grid = VolumeGeometry.Axial(40, 40, 40, 1, new PatientPoint(-20, -20, -20));

    [Fact]
    public void On_the_grid_of_its_own_planes_it_is_the_plain_rasterisation()
    {
        RtRoi ball = Ball(RigidTransform.Identity);

        Assert.Equal(ContourRasterizer.Rasterize(ball, Grid).Mask.Voxels, ContourShape.Of(ball).Rasterize(Grid).Voxels);
    }

    [Fact]
    public void A_turned_ball_keeps_its_place_and_volume()
    {
        RigidTransform turn = RigidTransform.About(new PatientPoint(2, 1, 0), new PatientVector(0.4, -0.3, 0.2), new PatientVector(1, 2, -1));
        PatientPoint center = turn.Apply(new PatientPoint(2, 1, 0));

        Volume<byte> mask = ContourShape.Of(Ball(turn)).Rasterize(Grid);

        double volume = mask.Voxels.Sum(v => (double)v);
        Assert.InRange(volume, 0.97 * 4 / 3 * Math.PI * 1000, 1.03 * 4 / 3 * Math.PI * 1000);
        for (int n = 0; n < mask.Voxels.Length; n++)
        {
            double r = Grid.ToPatient(new VoxelPoint(n % 40, n / 40 % 40, n / 1600)).DistanceTo(center);
            if (r < 9)
                Assert.Equal(1, mask.Voxels[n]);
            if (r > 11)
                Assert.Equal(0, mask.Voxels[n]);
        }
    }

    [Fact]
    public void A_plane_that_is_missing_leaves_a_gap()
    {
        RtRoi ball = Ball(RigidTransform.Identity);
        RtRoi gap = ball with { Contours = [.. ball.Contours.Where(c => Math.Abs(c.Points[0].Z) > 1.5)] };

        Volume<byte> mask = ContourShape.Of(gap).Rasterize(Grid);

        Assert.Equal(0, mask[22, 21, 20]);
        Assert.Equal(1, mask[22, 21, 23]);
    }

    [Fact]
    public void What_encloses_nothing_is_refused() =>
        Assert.Throws<InvalidDataException>(() => ContourShape.Of(Ball(RigidTransform.Identity) with { Contours = [] }).Rasterize(Grid));

    // Radius 10 around (2, 1, 0), contours 1 mm apart, carried by a transform.
    private static RtRoi Ball(RigidTransform carry) => new()
    {
        Number = 1,
        Name = "ball",
        Contours = [.. Enumerable.Range(-9, 19).Select(z => new RtContour
        {
            GeometricType = ContourGeometricType.ClosedPlanar,
            Points = [.. Enumerable.Range(0, 90).Select(n => carry.Apply(new PatientPoint(
                2 + Math.Sqrt(100 - z * z) * Math.Cos(n * Math.PI / 45 + 0.01), 1 + Math.Sqrt(100 - z * z) * Math.Sin(n * Math.PI / 45 + 0.01), z)))],
        })],
    };
}
