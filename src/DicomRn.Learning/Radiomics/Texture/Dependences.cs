namespace DicomRn.Learning.Radiomics.Texture;

/// <summary>
/// The neighbouring grey level dependence matrix (IBSI 3.11, REK0; GLDM in PyRadiomics) at distance 1: voxels by level and by one
/// plus the number of neighbours whose level differs by no more than the coarseness.
/// </summary>
internal static class Dependences
{
    public static LevelSizeMatrix Of(GreyLevelRegion region, IReadOnlyList<Direction> directions, int coarseness = 0)
    {
        LevelSizeMatrix matrix = new(region.LevelCount) { Voxels = region.VoxelCount };
        Direction[] neighbours = Direction.Neighbours(directions);
        int[] levels = region.Levels;
        int columns = region.Columns, rows = region.Rows;
        for (int at = 0; at < levels.Length; at++)
        {
            int level = levels[at];
            if (level == 0)
                continue;
            int i = at % columns, j = at / columns % rows, k = at / (columns * rows), dependent = 1;
            foreach (Direction d in neighbours)
            {
                int ni = i + d.I, nj = j + d.J, nk = k + d.K;
                if ((uint)ni >= (uint)columns || (uint)nj >= (uint)rows || (uint)nk >= (uint)region.Slices)
                    continue;
                int other = levels[(nk * rows + nj) * columns + ni];
                if (other != 0 && Math.Abs(other - level) <= coarseness)
                    dependent++;
            }

            matrix.Add(level, dependent);
        }

        return matrix;
    }
}
