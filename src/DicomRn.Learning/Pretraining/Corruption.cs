using DicomRn.Learning.Training;

namespace DicomRn.Learning.Pretraining;

/// <summary>
/// Inner and outer cut-outs filled with uniform noise over the view's own range, and local shuffling (Zhou et al. 2021, Models Genesis).
/// </summary>
internal static class Corruption
{
    public static void Apply(Span<float> view, int edge, CorruptionSettings settings, SeededRandom random)
    {
        if (random.Next() < settings.ShuffleShare)
        {
            for (int n = 0; n < settings.ShuffledBlocks; n++)
                Shuffle(view, edge, Block.Draw(edge, settings.ShuffledSize, settings.ShuffledSize, random), random);
        }

        bool outer = random.Next() < settings.OuterShare;
        (double smallest, double largest) = outer
            ? (settings.OuterSmallest, settings.OuterLargest)
            : (settings.InnerSmallest, settings.InnerLargest);
        bool[] inBlock = new bool[view.Length];
        for (int n = 0; n < settings.Blocks; n++)
            Block.Draw(edge, smallest, largest, random).Mark(inBlock, edge);
        (float low, float high) = Range(view);
        for (int v = 0; v < view.Length; v++)
        {
            if (inBlock[v] != outer)
                view[v] = (float)random.Uniform(low, high);
        }
    }

    private static (float Low, float High) Range(ReadOnlySpan<float> view)
    {
        (float low, float high) = (view[0], view[0]);
        foreach (float v in view)
            (low, high) = (Math.Min(low, v), Math.Max(high, v));
        return (low, high);
    }

    private static void Shuffle(Span<float> view, int edge, Block block, SeededRandom random)
    {
        int[] at = [.. block.Voxels(edge)];
        float[] values = new float[at.Length];
        for (int n = 0; n < at.Length; n++)
            values[n] = view[at[n]];
        SampleOrder.Shuffle<float>(values, random);
        for (int n = 0; n < at.Length; n++)
            view[at[n]] = values[n];
    }
}
