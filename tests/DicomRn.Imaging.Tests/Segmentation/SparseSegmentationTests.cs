using CsCheck;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Segmentation;
using DicomRn.Imaging.Tests.Geometry;

namespace DicomRn.Imaging.Tests.Segmentation;

public sealed class SparseSegmentationTests
{
    private static readonly VolumeGeometry Grid = VolumeGeometry.Axial(13, 11, 21, 1, new PatientPoint(-6, -5, 30)) with { SpacingK = 2 };

    [Fact]
    public void Forty_three_segments_in_hundreds_of_frames_without_empty_ones_each_keep_their_voxels()
    {
        byte[][] masks = [.. Enumerable.Range(0, 43).Select(s => Ball(Grid, s))];
        DicomDataset dataset = SparseSegmentation.Binary(Grid, masks);
        Assert.True(dataset.GetSingleValue<int>(DicomTag.NumberOfFrames) is > 300 and < 43 * 21);
        SegmentationObject read = SegmentationObject.Read(dataset);
        for (int s = 0; s < masks.Length; s++)
        {
            SegmentMask mask = read.Mask(s + 1, Grid);
            Assert.False(mask.Resampled);
            Assert.Equal(masks[s], mask.Mask.Voxels);
        }
    }

    [Fact]
    public void In_any_orientation_the_frames_find_their_slices() => Grids.Any(10).Where(g => g.VoxelCount > 4).Sample(
        grid =>
        {
            byte[] mask = new byte[grid.VoxelCount];
            for (int n = 0; n < mask.Length; n += 1 + n % 3)
                mask[n] = 1;
            SegmentMask read = SegmentationObject.Read(SparseSegmentation.Binary(grid, [mask])).Mask(1, grid);
            return !read.Resampled && read.Mask.Voxels.AsSpan().SequenceEqual(mask);
        },
        iter: 200);

    [Theory]
    [InlineData(255, 128)]
    [InlineData(100, 50)]
    [InlineData(1, 1)]
    public void Fractions_of_half_and_more_are_inside(byte maximum, byte least)
    {
        byte[] values = [.. Enumerable.Range(0, (int)Grid.VoxelCount).Select(n => (byte)(n % (maximum + 1)))];
        SegmentMask mask = SegmentationObject.Read(SparseSegmentation.Fractional(Grid, values, maximum)).Mask(1, Grid);
        Assert.Equal(values.Select(v => v >= least ? (byte)1 : (byte)0), mask.Mask.Voxels);
    }

    [Fact]
    public void Labels_are_the_numbers_of_segments()
    {
        byte[] labels = [.. Enumerable.Range(0, (int)Grid.VoxelCount).Select(n => (byte)(n / 11 % 45))];
        SegmentationObject read = SegmentationObject.Read(SparseSegmentation.LabelMap(Grid, labels, 44));
        foreach (int segment in new[] { 1, 17, 44 })
            Assert.Equal(labels.Select(l => l == segment ? (byte)1 : (byte)0), read.Mask(segment, Grid).Mask.Voxels);
    }

    [Fact]
    public void A_missing_frame_inside_a_segment_is_an_empty_slice()
    {
        byte[] mask = Ball(Grid, 4);
        mask.AsSpan(10 * 143, 143).Clear();
        SegmentMask read = SegmentationObject.Read(SparseSegmentation.Binary(Grid, [mask, Ball(Grid, 7)])).Mask(1, Grid);
        Assert.Equal(mask, read.Mask.Voxels);
        VolumeGeometry fine = VolumeGeometry.CenteredAt(Grid.Center, 26, 22, 84, 0.5);
        SegmentMask resampled = SegmentationObject.Read(SparseSegmentation.Binary(Grid, [mask])).Mask(1, fine);
        Assert.True(resampled.Resampled);
        Assert.Equal(mask.Sum(v => v) * Grid.VoxelVolume, resampled.VoxelCount * fine.VoxelVolume, 0.25 * mask.Sum(v => v) * Grid.VoxelVolume);
    }

    [Fact]
    public void What_lies_outside_another_grid_is_counted()
    {
        byte[] mask = Ball(Grid, 4);
        VolumeGeometry half = VolumeGeometry.Axial(40, 40, 40, 0.5, new PatientPoint(Grid.Center.X + 0.3, Grid.Center.Y - 10, Grid.Center.Z - 10));
        SegmentMask read = SegmentationObject.Read(SparseSegmentation.Binary(Grid, [mask])).Mask(1, half);
        long beside = 0;
        for (int n = 0; n < mask.Length; n++)
        {
            VoxelPoint v = half.ToVoxel(Grid.ToPatient(new VoxelPoint(n % 13, n / 13 % 11, n / 143)));
            if (mask[n] != 0 && !(v.I is >= -0.5 and < 39.5 && v.J is >= -0.5 and < 39.5 && v.K is >= -0.5 and < 39.5))
                beside++;
        }

        Assert.True(beside > 0);
        Assert.Equal(beside, read.OutsidePixels);
        Assert.Contains(read.Warnings, w => w.Contains("outside the image", StringComparison.Ordinal));
    }

    private static byte[] Ball(VolumeGeometry grid, int s)
    {
        byte[] mask = new byte[grid.VoxelCount];
        for (int n = 0; n < mask.Length; n++)
        {
            double x = n % 13 - 6, y = n / 13 % 11 - 5, z = (n / 143 - 10) * 2;
            mask[n] = x * x + y * y + z * z < 12 + 2 * s && (n + s) % 5 != 0 ? (byte)1 : (byte)0;
        }

        return mask;
    }
}
