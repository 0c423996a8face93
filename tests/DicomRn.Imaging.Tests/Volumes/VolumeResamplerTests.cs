using CsCheck;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Tests.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Tests.Volumes;

public sealed class VolumeResamplerTests
{
    private static readonly Gen<Volume<float>> AnyVolume = Grids.Any(9).SelectMany(grid =>
        Gen.Float[-1000, 1000].Array[(int)grid.VoxelCount].Select(voxels => new Volume<float>(grid, voxels)));

    [Fact]
    public void Linear_on_the_same_grid_changes_nothing() =>
        AnyVolume.Sample(v => VolumeResampler.Linear(v, v.Geometry).Voxels.SequenceEqual(v.Voxels));

    [Fact]
    public void A_spline_passes_through_the_voxels() =>
        AnyVolume.Sample(v => VolumeResampler.CubicBSpline(v, v.Geometry).Voxels
            .Zip(v.Voxels).All(pair => Math.Abs(pair.First - pair.Second) < 1e-3));

    [Fact]
    public void Linear_gives_a_linear_function_exactly_on_any_other_grid()
    {
        Gen.Select(Grids.Any(6), Grids.Any(6)).Sample((shape, turned) =>
        {
            Volume<float> ramp = Evaluate(VolumeGeometry.Axial(40, 40, 40, 1, PatientPoint.Origin));
            VolumeGeometry within = turned with
            {
                Origin = new PatientPoint(20, 20, 20),
                SpacingI = 0.7,
                SpacingJ = 0.9,
                SpacingK = 1.1,
                Columns = shape.Columns,
            };
            return Same(VolumeResampler.Linear(ramp, within), Evaluate(within), 1e-2f);
        });
    }

    [Fact]
    public void A_spline_gives_a_parabola_far_from_the_border()
    {
        Volume<float> source = new(VolumeGeometry.Axial(40, 40, 40, 1, PatientPoint.Origin));
        for (int n = 0; n < source.Voxels.Length; n++)
            source.Voxels[n] = n % 40 * (float)(n % 40);
        VolumeGeometry target = VolumeGeometry.Axial(8, 2, 2, 0.37, new PatientPoint(18, 20, 20));
        Volume<float> result = VolumeResampler.CubicBSpline(source, target);
        for (int i = 0; i < 8; i++)
            Assert.Equal((18 + 0.37 * i) * (18 + 0.37 * i), result[i, 1, 1], 1e-2);
    }

    [Fact]
    public void Outside_begins_half_a_voxel_beyond_the_border()
    {
        Volume<float> source = new(VolumeGeometry.Axial(2, 2, 2, 1, PatientPoint.Origin));
        Array.Fill(source.Voxels, 5);
        Volume<float> result = VolumeResampler.Linear(
            source, VolumeGeometry.Axial(5, 1, 1, 0.5, new PatientPoint(-0.75, 0, 0)) with { SpacingI = 0.5 }, outside: -1);
        Assert.Equal([-1, 5, 5, 5, 5], result.Voxels);
    }

    [Fact]
    public void Nearest_halves_and_doubles_a_mask_exactly()
    {
        Volume<byte> mask = new(VolumeGeometry.Axial(6, 6, 6, 2, PatientPoint.Origin));
        mask[2, 3, 4] = 1;
        VolumeGeometry fine = VolumeGeometry.Axial(12, 12, 12, 1, new PatientPoint(-0.5, -0.5, -0.5));
        Volume<byte> finer = VolumeResampler.Nearest(mask, fine);
        Assert.Equal(8, finer.Voxels.Sum(v => v));
        Assert.Equal(1, finer[4, 6, 8]);
        Assert.Equal(1, finer[5, 7, 9]);
        Assert.Equal(mask.Voxels, VolumeResampler.Nearest(finer, mask.Geometry).Voxels);
    }

    private static Volume<float> Evaluate(VolumeGeometry grid)
    {
        Volume<float> volume = new(grid);
        for (int k = 0; k < grid.Slices; k++)
        {
            for (int j = 0; j < grid.Rows; j++)
            {
                for (int i = 0; i < grid.Columns; i++)
                {
                    PatientPoint p = grid.ToPatient(new VoxelPoint(i, j, k));
                    volume[i, j, k] = (float)(3 * p.X - 2 * p.Y + 0.5 * p.Z + 10);
                }
            }
        }

        return volume;
    }

    private static bool Same(Volume<float> a, Volume<float> b, float tolerance) =>
        a.Voxels.Zip(b.Voxels).All(pair => Math.Abs(pair.First - pair.Second) < tolerance);
}
