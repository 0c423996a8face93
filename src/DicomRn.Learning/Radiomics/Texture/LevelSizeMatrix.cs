namespace DicomRn.Learning.Radiomics.Texture;

/// <summary>
/// How often something of a grey level and a size occurs: runs by length, zones by size or by distance to the border, voxels by
/// the number of dependent neighbours. Levels and sizes count from 1.
/// </summary>
internal sealed class LevelSizeMatrix(int levelCount)
{
    private readonly int[][] _rows = Enumerable.Repeat(Array.Empty<int>(), levelCount).ToArray();

    /// <summary>Voxels behind the counts, once for each direction looked in: what percentages refer to.</summary>
    public long Voxels { get; set; }

    public int LevelCount => levelCount;

    /// <summary>Counts of a level from 1 by size; element 0 is size 1.</summary>
    public ReadOnlySpan<int> Row(int level) => _rows[level - 1];

    public void Add(int level, int size)
    {
        int[] row = _rows[level - 1];
        if (size > row.Length)
            _rows[level - 1] = row = Grow(row, Math.Max(size, Math.Max(8, size < 4096 ? row.Length * 2 : size)));
        row[size - 1]++;
    }

    /// <summary>Adds the counts of another matrix.</summary>
    public void Merge(LevelSizeMatrix other)
    {
        Voxels += other.Voxels;
        for (int n = 0; n < levelCount; n++)
        {
            int[] from = other._rows[n];
            if (from.Length > _rows[n].Length)
                _rows[n] = Grow(_rows[n], from.Length);
            for (int s = 0; s < from.Length; s++)
                _rows[n][s] += from[s];
        }
    }

    private static int[] Grow(int[] row, int length)
    {
        Array.Resize(ref row, length);
        return row;
    }
}
