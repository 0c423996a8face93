using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Tests.Volumes;

public sealed class LesionMeasuresTests
{
    [Fact]
    public void An_ellipsoid_is_measured_within_a_voxel()
    {
        VolumeGeometry grid = VolumeGeometry.Axial(90, 80, 40, 0.5, new PatientPoint(-10, 20, 30)) with { SpacingK = 1 };
        PatientPoint center = grid.ToPatient(new VoxelPoint(45, 40, 18));
        Volume<byte> mask = new(grid);
        double angle = Math.PI / 6;
        PatientVector along = new(Math.Cos(angle), Math.Sin(angle), 0), across = new(-Math.Sin(angle), Math.Cos(angle), 0);
        for (int n = 0; n < mask.Voxels.Length; n++)
        {
            PatientVector d = grid.ToPatient(new VoxelPoint(n % 90, n / 90 % 80, n / 7200)) - center;
            double r = Math.Pow(d.Dot(along) / 15, 2) + Math.Pow(d.Dot(across) / 8, 2) + Math.Pow(d.Z / 10, 2);
            mask.Voxels[n] = r <= 1 ? (byte)1 : (byte)0;
        }

        LesionMeasures measures = LesionMeasures.Of(mask);
        Assert.Equal(18, measures.LargestSlice);
        Assert.Equal(30, measures.LongAxis.Length, 0.6);
        Assert.Equal(16, measures.ShortAxis.Length, 0.6);
        Assert.Equal(4.0 / 3 * Math.PI * 15 * 8 * 10, measures.Volume, 60.0);
        Assert.Equal(Math.PI * 15 * 8, measures.LargestArea, 5.0);
        Assert.True(measures.Centroid.DistanceTo(center) < 0.05);
        PatientVector longAxis = (measures.LongAxis.End - measures.LongAxis.Start).Normalized();
        PatientVector shortAxis = (measures.ShortAxis.End - measures.ShortAxis.Start).Normalized();
        Assert.Equal(0, longAxis.Dot(shortAxis), 1e-6);
        Assert.Equal(1, Math.Abs(longAxis.Dot(along)), 0.01);
    }

    [Fact]
    public void One_voxel_is_as_long_as_its_longer_side()
    {
        Volume<byte> mask = new(VolumeGeometry.Axial(3, 3, 3, 1, PatientPoint.Origin) with { SpacingI = 2, SpacingJ = 1.5 });
        mask[1, 1, 1] = 1;
        LesionMeasures measures = LesionMeasures.Of(mask);
        Assert.Equal(2, measures.LongAxis.Length, 1e-9);
        Assert.Equal(1.5, measures.ShortAxis.Length, 1e-3);
        Assert.Equal(3, measures.Volume, 1e-9);
    }

    [Fact]
    public void The_short_axis_of_a_concave_lesion_stays_inside_it()
    {
        // A U of two upright bars 3 wide and 36 high, joined by a bar 1 high: across the gap nothing is measured.
        Volume<byte> mask = new(VolumeGeometry.Axial(20, 40, 1, 1, PatientPoint.Origin));
        for (int j = 2; j < 38; j++)
        {
            for (int i = 4; i < 16; i++)
            {
                if (i < 7 || i >= 13 || j == 37)
                    mask[i, j, 0] = 1;
            }
        }

        LesionMeasures measures = LesionMeasures.Of(mask);
        Assert.InRange(measures.LongAxis.Length, 36, 39);
        Assert.True(measures.ShortAxis.Length < 8, $"short axis {measures.ShortAxis.Length}");
    }

    [Fact]
    public void An_empty_mask_is_refused() =>
        Assert.Throws<ArgumentException>(() =>
            LesionMeasures.Of(new Volume<byte>(VolumeGeometry.Axial(2, 2, 2, 1, PatientPoint.Origin))));
}
