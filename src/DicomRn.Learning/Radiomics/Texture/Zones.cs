namespace DicomRn.Learning.Radiomics.Texture;

/// <summary>
/// Zones: connected voxels of one grey level. They make the size zone matrix (IBSI 3.8, 9SAK), and with the distance of
/// each zone to the border of the region the distance zone matrix (IBSI 3.9, VMDZ).
/// </summary>
internal static class Zones
{
    /// <param name="region">The region.</param>
    /// <param name="directions">What connects voxels: 26 neighbours for <see cref="Direction.Volume"/>, 8 for a plane.</param>
    public static LevelSizeMatrix BySize(GreyLevelRegion region, IReadOnlyList<Direction> directions) =>
        Count(region, directions, (size, _) => size, null);

    /// <param name="region">The region.</param>
    /// <param name="directions">What connects voxels.</param>
    /// <param name="borderDistance">For every voxel of the box its distance to the border, 1 for a voxel at the border.</param>
    public static LevelSizeMatrix ByDistance(GreyLevelRegion region, IReadOnlyList<Direction> directions, int[] borderDistance) =>
        Count(region, directions, (_, distance) => distance, borderDistance);

    private static LevelSizeMatrix Count(
        GreyLevelRegion region, IReadOnlyList<Direction> directions, Func<int, int, int> measure, int[]? distances)
    {
        LevelSizeMatrix matrix = new(region.LevelCount) { Voxels = region.VoxelCount };
        Direction[] neighbours = Direction.Neighbours(directions);
        int columns = region.Columns, rows = region.Rows;
        int[] left = [.. region.Levels];
        Stack<int> open = new();
        for (int seed = 0; seed < left.Length; seed++)
        {
            int level = left[seed];
            if (level == 0)
                continue;
            int size = 0, nearest = int.MaxValue;
            left[seed] = 0;
            open.Push(seed);
            while (open.TryPop(out int at))
            {
                size++;
                if (distances is not null)
                    nearest = Math.Min(nearest, distances[at]);
                int i = at % columns, j = at / columns % rows, k = at / (columns * rows);
                foreach (Direction d in neighbours)
                {
                    int ni = i + d.I, nj = j + d.J, nk = k + d.K;
                    if ((uint)ni >= (uint)columns || (uint)nj >= (uint)rows || (uint)nk >= (uint)region.Slices)
                        continue;
                    int next = (nk * rows + nj) * columns + ni;
                    if (left[next] != level)
                        continue;
                    left[next] = 0;
                    open.Push(next);
                }
            }

            matrix.Add(level, measure(size, nearest));
        }

        return matrix;
    }
}
