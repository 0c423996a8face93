namespace DicomRn.Learning.Pretraining;

/// <summary>What is taken from a view before it is restored. Sizes are shares of the edge.</summary>
public sealed record CorruptionSettings
{
    /// <summary>Share of the views of which only some blocks are left (outer cut-out); the others lose some blocks (inner cut-out).</summary>
    public double OuterShare { get; init; } = 0.5;

    /// <summary>Blocks cut out or left.</summary>
    public int Blocks { get; init; } = 6;

    /// <summary>Smallest edge of a block cut out.</summary>
    public double InnerSmallest { get; init; } = 5.0 / 96;

    /// <summary>Largest edge of a block cut out.</summary>
    public double InnerLargest { get; init; } = 32.0 / 96;

    /// <summary>Smallest edge of a block left.</summary>
    public double OuterSmallest { get; init; } = 20.0 / 96;

    /// <summary>Largest edge of a block left.</summary>
    public double OuterLargest { get; init; } = 64.0 / 96;

    /// <summary>Share of the views with blocks whose voxels are shuffled.</summary>
    public double ShuffleShare { get; init; } = 0.8;

    /// <summary>Blocks whose voxels are shuffled.</summary>
    public int ShuffledBlocks { get; init; } = 10;

    /// <summary>Edge of a block whose voxels are shuffled.</summary>
    public double ShuffledSize { get; init; } = 8.0 / 96;

    /// <summary>What is wrong with the settings.</summary>
    public IEnumerable<string> Faults()
    {
        if (OuterShare is not (>= 0 and <= 1))
            yield return "OuterShare: 0 to 1";
        if (ShuffleShare is not (>= 0 and <= 1))
            yield return "ShuffleShare: 0 to 1";
        if (Blocks < 0 || ShuffledBlocks < 0)
            yield return "Blocks, ShuffledBlocks: 0 or more";
        if (!(InnerSmallest > 0 && InnerSmallest <= InnerLargest && InnerLargest <= 1))
            yield return "InnerSmallest, InnerLargest: above 0, at most 1, in order";
        if (!(OuterSmallest > 0 && OuterSmallest <= OuterLargest && OuterLargest <= 1))
            yield return "OuterSmallest, OuterLargest: above 0, at most 1, in order";
        if (ShuffledSize is not (> 0 and <= 1))
            yield return "ShuffledSize: above 0, at most 1";
    }
}
