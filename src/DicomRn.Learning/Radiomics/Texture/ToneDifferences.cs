namespace DicomRn.Learning.Radiomics.Texture;

/// <summary>
/// The neighbourhood grey tone difference matrix (IBSI 3.10, IPET) at distance 1: for each level how many voxels have neighbours in the
/// region, and the sum of their absolute differences from the mean of these.
/// </summary>
internal sealed class ToneDifferences(int levelCount)
{
    private readonly double[] _count = new double[levelCount];
    private readonly double[] _difference = new double[levelCount];

    public static ToneDifferences Of(GreyLevelRegion region, IReadOnlyList<Direction> directions)
    {
        ToneDifferences matrix = new(region.LevelCount);
        Direction[] neighbours = Direction.Neighbours(directions);
        int[] levels = region.Levels;
        int columns = region.Columns, rows = region.Rows;
        for (int at = 0; at < levels.Length; at++)
        {
            int level = levels[at];
            if (level == 0)
                continue;
            int i = at % columns, j = at / columns % rows, k = at / (columns * rows), sum = 0, count = 0;
            foreach (Direction d in neighbours)
            {
                int ni = i + d.I, nj = j + d.J, nk = k + d.K;
                if ((uint)ni >= (uint)columns || (uint)nj >= (uint)rows || (uint)nk >= (uint)region.Slices)
                    continue;
                int other = levels[(nk * rows + nj) * columns + ni];
                sum += other;
                count += other != 0 ? 1 : 0;
            }

            if (count == 0)
                continue;
            matrix._count[level - 1]++;
            matrix._difference[level - 1] += Math.Abs(level - (double)sum / count);
        }

        return matrix;
    }

    /// <summary>Voxels that have a neighbour in the region.</summary>
    public double Voxels => _count.Sum();

    /// <summary>Coarseness, contrast, busyness, complexity, strength.</summary>
    public double[] Features()
    {
        double voxels = Voxels, coarseness = 0, difference = _difference.Sum();
        int[] present = [.. Enumerable.Range(1, levelCount).Where(level => _count[level - 1] > 0)];
        double contrast = 0, busyness = 0, complexity = 0, strength = 0;
        foreach (int i in present)
        {
            double pi = _count[i - 1] / voxels, si = _difference[i - 1];
            coarseness += pi * si;
            foreach (int j in present)
            {
                double pj = _count[j - 1] / voxels, sj = _difference[j - 1], d = i - j;
                contrast += pi * pj * d * d;
                busyness += Math.Abs(i * pi - j * pj);
                complexity += Math.Abs(d) * (pi * si + pj * sj) / (pi + pj);
                strength += (pi + pj) * d * d;
            }
        }

        int levels = present.Length;
        return
        [
            coarseness > 0 ? 1 / coarseness : 1e6,
            levels > 1 ? contrast / (levels * (levels - 1.0)) * difference / voxels : 0,
            busyness > 0 ? coarseness / busyness : 0,
            complexity / voxels,
            difference > 0 ? strength / difference : 0,
        ];
    }
}
