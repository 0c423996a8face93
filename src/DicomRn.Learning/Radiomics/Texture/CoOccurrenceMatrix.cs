namespace DicomRn.Learning.Radiomics.Texture;

/// <summary>The symmetric grey level co-occurrence matrix (IBSI 3.6, LFYI) of one or several directions at distance 1.</summary>
internal sealed class CoOccurrenceMatrix(int levelCount)
{
    private readonly double[] _counts = new double[levelCount * levelCount];

    public int LevelCount => levelCount;

    /// <summary>Pairs counted, both ways.</summary>
    public double Total { get; private set; }

    /// <summary>The row of a level from 1.</summary>
    public ReadOnlySpan<double> Row(int level) => _counts.AsSpan((level - 1) * levelCount, levelCount);

    public static CoOccurrenceMatrix Of(GreyLevelRegion region, params IEnumerable<Direction> directions)
    {
        CoOccurrenceMatrix matrix = new(region.LevelCount);
        foreach (Direction direction in directions)
            matrix.Count(region, direction);
        return matrix;
    }

    /// <summary>Adds the counts of another matrix.</summary>
    public void Merge(CoOccurrenceMatrix other)
    {
        for (int n = 0; n < _counts.Length; n++)
            _counts[n] += other._counts[n];
        Total += other.Total;
    }

    private void Count(GreyLevelRegion region, Direction d)
    {
        int columns = region.Columns, rows = region.Rows, ng = levelCount;
        ReadOnlySpan<int> levels = region.Levels;
        int first = Math.Max(0, -d.I), length = columns - Math.Abs(d.I);
        if (length <= 0)
            return;
        long pairs = 0;
        for (int k = Math.Max(0, -d.K); k < region.Slices - Math.Max(0, d.K); k++)
        {
            for (int j = Math.Max(0, -d.J); j < rows - Math.Max(0, d.J); j++)
            {
                ReadOnlySpan<int> here = levels.Slice((k * rows + j) * columns + first, length);
                ReadOnlySpan<int> there = levels.Slice(((k + d.K) * rows + j + d.J) * columns + first + d.I, length);
                for (int i = 0; i < here.Length; i++)
                {
                    int a = here[i], b = there[i];
                    if (a == 0 || b == 0)
                        continue;
                    _counts[(a - 1) * ng + b - 1]++;
                    _counts[(b - 1) * ng + a - 1]++;
                    pairs++;
                }
            }
        }

        Total += 2 * pairs;
    }
}
