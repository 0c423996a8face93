namespace DicomRn.Learning.Radiomics.Texture;

/// <summary>
/// The discretised intensities of a region inside its bounding box: 0 outside the region, else a level from 1 to
/// <see cref="LevelCount"/>; I fastest, then J, then K.
/// </summary>
internal sealed class GreyLevelRegion
{
    public GreyLevelRegion(int columns, int rows, int slices, int[] levels, int levelCount)
    {
        Columns = columns;
        Rows = rows;
        Slices = slices;
        Levels = levels;
        LevelCount = levelCount;
        foreach (int level in levels)
            VoxelCount += level != 0 ? 1 : 0;
    }

    public int Columns { get; }

    public int Rows { get; }

    public int Slices { get; }

    public int[] Levels { get; }

    /// <summary>The highest level, also in a slice that does not hold it (N_g of the IBSI manual).</summary>
    public int LevelCount { get; }

    public int VoxelCount { get; }

    /// <summary>The slices that hold voxels of the region, as regions of their own.</summary>
    public IEnumerable<GreyLevelRegion> OccupiedSlices()
    {
        int plane = Columns * Rows;
        for (int k = 0; k < Slices; k++)
        {
            GreyLevelRegion slice = new(Columns, Rows, 1, Levels[(k * plane)..((k + 1) * plane)], LevelCount);
            if (slice.VoxelCount > 0)
                yield return slice;
        }
    }
}
