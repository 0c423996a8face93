using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Refinement;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Tests.Refinement;

public sealed class DistanceMapTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Distances_are_those_of_the_nearest_voxel_in_millimetres(int seed)
    {
        Random random = new(seed);
        Volume<byte> mask = new(BallHead.Grid with { Columns = 11, Rows = 9, Slices = 7, SpacingI = 0.7, SpacingJ = 1.3, SpacingK = 3.1 });
        for (int n = 0; n < 6; n++)
            mask.Voxels[random.Next(mask.Voxels.Length)] = 1;

        float[] found = DistanceMap.To(mask, 1);

        PatientPoint[] points = [.. Enumerable.Range(0, mask.Voxels.Length).Select(n => mask.Geometry.ToPatient(new VoxelPoint(n % 11, n / 11 % 9, n / 99)))];
        for (int n = 0; n < found.Length; n++)
            Assert.Equal(points.Where((_, m) => mask.Voxels[m] != 0).Min(p => p.DistanceTo(points[n])), found[n], 1e-3);
    }

    [Fact]
    public void Without_a_voxel_to_go_to_the_distance_is_infinite() =>
        Assert.All(DistanceMap.To(new Volume<byte>(BallHead.Grid with { Columns = 3, Rows = 3, Slices = 3 }), 1), d => Assert.Equal(float.PositiveInfinity, d));

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(0.8, 0.8, 3)]
    public void Opening_takes_away_what_is_thinner_in_millimetres_on_any_grid(double i, double j, double k)
    {
        VolumeGeometry grid = BallHead.Grid with { Columns = 51, Rows = 51, Slices = 2 * (int)(25 / k) + 1, SpacingI = i, SpacingJ = j, SpacingK = k };
        Volume<byte> mask = new(grid);
        for (int n = 0; n < mask.Voxels.Length; n++)
        {
            PatientVector d = At(n) - grid.Center;
            (double x, double y, double z) = (d.Dot(grid.DirectionI), d.Dot(grid.DirectionJ), d.Dot(grid.DirectionK));
            mask.Voxels[n] = d.Length < 8 || (y * y + z * z < 0.5 && x > 0) ? (byte)1 : (byte)0;
        }

        Volume<byte> opened = MaskMorphology.Dilate(MaskMorphology.Erode(mask, 1.5), 1.5);

        Assert.Contains(Inside(mask), n => At(n).DistanceTo(grid.Center) > 12);
        Assert.DoesNotContain(Inside(opened), n => At(n).DistanceTo(grid.Center) > 10);
        Assert.Equal(1, opened[25, 25, grid.Slices / 2]);

        PatientPoint At(int n) => grid.ToPatient(new VoxelPoint(n % 51, n / 51 % 51, n / 2601));

        static IEnumerable<int> Inside(Volume<byte> volume) => Enumerable.Range(0, volume.Voxels.Length).Where(n => volume.Voxels[n] != 0);
    }
}
