namespace DicomRn.Learning.Radiomics.Texture;

/// <summary>A step to a neighbouring voxel. A set of directions holds one of every two opposite ones.</summary>
internal readonly record struct Direction(int I, int J, int K)
{
    /// <summary>The 13 directions of the 26-neighbourhood.</summary>
    public static IReadOnlyList<Direction> Volume { get; } = [.. Half()];

    /// <summary>The 4 directions of the 8-neighbourhood in a slice.</summary>
    public static IReadOnlyList<Direction> Slice { get; } = InPlane(2);

    /// <summary>The 4 directions at right angles to an axis (0 = I, 1 = J, 2 = K).</summary>
    public static IReadOnlyList<Direction> InPlane(int normalAxis) =>
        [.. Half().Where(d => (normalAxis == 0 ? d.I : normalAxis == 1 ? d.J : d.K) == 0)];

    /// <summary>Every neighbour of a set of directions: the directions and their opposites.</summary>
    public static Direction[] Neighbours(IReadOnlyList<Direction> directions) =>
        [.. directions, .. directions.Select(d => new Direction(-d.I, -d.J, -d.K))];

    private static IEnumerable<Direction> Half()
    {
        for (int k = 0; k <= 1; k++)
            for (int j = k == 0 ? 0 : -1; j <= 1; j++)
                for (int i = k == 0 && j == 0 ? 1 : -1; i <= 1; i++)
                    yield return new Direction(i, j, k);
    }
}
