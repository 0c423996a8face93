using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Radiomics.Preparation;

/// <summary>A box of voxels in a grid.</summary>
internal readonly record struct VoxelBox(int I, int J, int K, int Columns, int Rows, int Slices)
{
    /// <summary>The smallest box that holds every non-zero voxel, or null where there is none.</summary>
    public static VoxelBox? Around(Volume<byte> mask)
    {
        VolumeGeometry grid = mask.Geometry;
        int i0 = int.MaxValue, j0 = int.MaxValue, k0 = int.MaxValue, i1 = -1, j1 = -1, k1 = -1;
        for (int k = 0; k < grid.Slices; k++)
        {
            ReadOnlySpan<byte> slice = mask.Slice(k);
            for (int j = 0; j < grid.Rows; j++)
            {
                ReadOnlySpan<byte> row = slice.Slice(j * grid.Columns, grid.Columns);
                int first = row.IndexOfAnyExcept((byte)0);
                if (first < 0)
                    continue;
                (i0, i1) = (Math.Min(i0, first), Math.Max(i1, row.LastIndexOfAnyExcept((byte)0)));
                (j0, j1) = (Math.Min(j0, j), Math.Max(j1, j));
                (k0, k1) = (Math.Min(k0, k), k);
            }
        }

        return i1 < 0 ? null : new VoxelBox(i0, j0, k0, i1 - i0 + 1, j1 - j0 + 1, k1 - k0 + 1);
    }

    /// <summary>The box with a margin on every side, cut to a grid.</summary>
    public VoxelBox Padded(int marginI, int marginJ, int marginK, VolumeGeometry grid)
    {
        int i = Math.Max(0, I - marginI), j = Math.Max(0, J - marginJ), k = Math.Max(0, K - marginK);
        return new VoxelBox(
            i, j, k, Math.Min(grid.Columns, I + Columns + marginI) - i, Math.Min(grid.Rows, J + Rows + marginJ) - j,
            Math.Min(grid.Slices, K + Slices + marginK) - k);
    }

    /// <summary>The grid of the box alone.</summary>
    public VolumeGeometry Crop(VolumeGeometry grid) => grid with
    {
        Columns = Columns,
        Rows = Rows,
        Slices = Slices,
        Origin = grid.ToPatient(new VoxelPoint(I, J, K)),
    };

    /// <summary>The voxels of the box alone.</summary>
    public Volume<T> Crop<T>(Volume<T> volume)
        where T : unmanaged
    {
        Volume<T> cropped = new(Crop(volume.Geometry));
        for (int k = 0; k < Slices; k++)
            for (int j = 0; j < Rows; j++)
                volume.Slice(K + k).Slice((J + j) * volume.Geometry.Columns + I, Columns).CopyTo(cropped.Slice(k)[(j * Columns)..]);
        return cropped;
    }
}
