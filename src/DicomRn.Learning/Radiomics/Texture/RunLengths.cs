namespace DicomRn.Learning.Radiomics.Texture;

/// <summary>The grey level run length matrix (IBSI 3.7, TP0I): consecutive voxels of one level along a direction.</summary>
internal static class RunLengths
{
    public static LevelSizeMatrix Of(GreyLevelRegion region, Direction direction)
    {
        LevelSizeMatrix matrix = new(region.LevelCount) { Voxels = region.VoxelCount };
        int[] levels = region.Levels;
        int columns = region.Columns, rows = region.Rows, slices = region.Slices;
        int step = (direction.K * rows + direction.J) * columns + direction.I;
        for (int k = 0; k < slices; k++)
        {
            for (int j = 0; j < rows; j++)
            {
                for (int i = 0; i < columns; i++)
                {
                    int at = (k * rows + j) * columns + i, level = levels[at];
                    if (level == 0 || (Inside(i - direction.I, j - direction.J, k - direction.K) && levels[at - step] == level))
                        continue;
                    int length = 1;
                    for (int n = 1; Inside(i + n * direction.I, j + n * direction.J, k + n * direction.K) && levels[at + n * step] == level; n++)
                        length++;
                    matrix.Add(level, length);
                }
            }
        }

        return matrix;

        bool Inside(int i, int j, int k) => (uint)i < (uint)columns && (uint)j < (uint)rows && (uint)k < (uint)slices;
    }

    public static LevelSizeMatrix Of(GreyLevelRegion region, IReadOnlyList<Direction> directions)
    {
        LevelSizeMatrix merged = new(region.LevelCount);
        foreach (Direction direction in directions)
            merged.Merge(Of(region, direction));
        return merged;
    }
}
