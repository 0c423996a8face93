using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Volumes;

/// <summary>The connected parts of a mask, where voxels that share a face, an edge or a corner are connected (26-neighbourhood).</summary>
public sealed class ConnectedComponents
{
    private ConnectedComponents(Volume<int> labels, IReadOnlyList<long> sizes)
    {
        Labels = labels;
        Sizes = sizes;
    }

    /// <summary>0 outside the mask, else the number of the component from 1, the largest first.</summary>
    public Volume<int> Labels { get; }

    /// <summary>Voxels of each component; element 0 is component 1. Never increasing.</summary>
    public IReadOnlyList<long> Sizes { get; }

    /// <summary>How many components there are.</summary>
    public int Count => Sizes.Count;

    /// <summary>Component <paramref name="number"/> (from 1) as a mask of its own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such component.</exception>
    public Volume<byte> Mask(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Count);
        return new Volume<byte>(Labels.Geometry, Array.ConvertAll(Labels.Voxels, l => l == number ? (byte)1 : (byte)0));
    }

    /// <summary>Labels the components of a mask (any non-zero value is inside).</summary>
    public static ConnectedComponents Of(Volume<byte> mask)
    {
        VolumeGeometry grid = mask.Geometry;
        Volume<int> labels = new(grid);
        List<int> parents = [0];
        for (int k = 0; k < grid.Slices; k++)
        {
            for (int j = 0; j < grid.Rows; j++)
            {
                for (int i = 0; i < grid.Columns; i++)
                {
                    if (mask[i, j, k] != 0)
                        labels[i, j, k] = Join(labels, parents, i, j, k);
                }
            }
        }

        return Number(labels, parents);
    }

    // The 13 neighbours that come before a voxel in memory.
    private static int Join(Volume<int> labels, List<int> parents, int i, int j, int k)
    {
        int own = 0;
        for (int dk = -1; dk <= 0; dk++)
        {
            for (int dj = -1; dj <= (dk < 0 ? 1 : 0); dj++)
            {
                for (int di = -1; di <= (dk < 0 || dj < 0 ? 1 : -1); di++)
                {
                    if (!labels.Geometry.Contains(i + di, j + dj, k + dk))
                        continue;
                    int neighbour = labels[i + di, j + dj, k + dk];
                    if (neighbour == 0)
                        continue;
                    int root = Root(parents, neighbour);
                    if (own == 0)
                        own = root;
                    else if (root != own)
                        (own, parents[Math.Max(root, own)]) = (Math.Min(root, own), Math.Min(root, own));
                }
            }
        }

        if (own != 0)
            return own;
        parents.Add(parents.Count);
        return parents.Count - 1;
    }

    private static int Root(List<int> parents, int label)
    {
        while (parents[label] != label)
            label = parents[label] = parents[parents[label]];
        return label;
    }

    private static ConnectedComponents Number(Volume<int> labels, List<int> parents)
    {
        long[] sizes = new long[parents.Count];
        int[] voxels = labels.Voxels;
        for (int n = 0; n < voxels.Length; n++)
        {
            if (voxels[n] == 0)
                continue;
            voxels[n] = Root(parents, voxels[n]);
            sizes[voxels[n]]++;
        }

        int[] bySize = [.. Enumerable.Range(1, sizes.Length - 1).Where(l => sizes[l] > 0).OrderByDescending(l => sizes[l]).ThenBy(l => l)];
        int[] numbers = new int[sizes.Length];
        for (int n = 0; n < bySize.Length; n++)
            numbers[bySize[n]] = n + 1;
        for (int n = 0; n < voxels.Length; n++)
            voxels[n] = numbers[voxels[n]];
        return new ConnectedComponents(labels, [.. bySize.Select(l => sizes[l])]);
    }
}
