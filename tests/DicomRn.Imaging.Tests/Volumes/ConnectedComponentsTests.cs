using CsCheck;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Tests.Volumes;

public sealed class ConnectedComponentsTests
{
    private static readonly VolumeGeometry Grid = VolumeGeometry.Axial(7, 6, 5, 1, PatientPoint.Origin);

    [Fact]
    public void Voxels_that_touch_at_a_corner_are_one_component_and_the_largest_comes_first()
    {
        Volume<byte> mask = new(Grid);
        mask[0, 0, 0] = 1;
        mask[3, 3, 2] = mask[4, 4, 3] = mask[5, 3, 4] = 1;
        ConnectedComponents components = ConnectedComponents.Of(mask);
        Assert.Equal([3L, 1L], components.Sizes);
        Assert.Equal(1, components.Mask(2)[0, 0, 0]);
        Assert.Equal(1, components.Mask(2).Voxels.Sum(v => v));
    }

    [Fact]
    public void An_empty_mask_has_none() => Assert.Equal(0, ConnectedComponents.Of(new Volume<byte>(Grid)).Count);

    [Fact]
    public void Components_are_those_that_a_flood_finds() =>
        Gen.Double[0.02, 0.5].SelectMany(density => Gen.Double[0, 1].Array[(int)Grid.VoxelCount].Select(
            values => new Volume<byte>(Grid, Array.ConvertAll(values, v => v < density ? (byte)1 : (byte)0))))
        .Sample(mask =>
        {
            ConnectedComponents components = ConnectedComponents.Of(mask);
            int[] flooded = new int[Grid.VoxelCount];
            List<long> sizes = [];
            for (int n = 0; n < flooded.Length; n++)
            {
                if (mask.Voxels[n] != 0 && flooded[n] == 0)
                    sizes.Add(Flood(mask, flooded, n, sizes.Count + 1));
            }

            bool samePartition = Enumerable.Range(0, flooded.Length).Where(n => flooded[n] != 0)
                .Select(n => (flooded[n], components.Labels.Voxels[n])).Distinct().Count() == sizes.Count;
            return samePartition && components.Sizes.SequenceEqual(sizes.OrderDescending());
        });

    private static long Flood(Volume<byte> mask, int[] labels, int start, int label)
    {
        Stack<int> open = new([start]);
        labels[start] = label;
        long count = 0;
        while (open.TryPop(out int n))
        {
            count++;
            (int i, int j, int k) = (n % Grid.Columns, n / Grid.Columns % Grid.Rows, n / (Grid.Columns * Grid.Rows));
            for (int d = 0; d < 27; d++)
            {
                (int a, int b, int c) = (i + d % 3 - 1, j + d / 3 % 3 - 1, k + d / 9 - 1);
                if (!Grid.Contains(a, b, c) || mask[a, b, c] == 0 || labels[Grid.Offset(a, b, c)] != 0)
                    continue;
                labels[Grid.Offset(a, b, c)] = label;
                open.Push((int)Grid.Offset(a, b, c));
            }
        }

        return count;
    }
}
