namespace DicomRn.Learning.Training;

/// <summary>The order in which an epoch goes through the samples; it follows from seed and epoch alone.</summary>
internal static class SampleOrder
{
    private const uint Purpose = 0x04DE;

    public static int[] Of(int count, int seed, int epoch)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        Shuffle(order, SeededRandom.For(seed, Purpose, (uint)epoch));
        return order;
    }

    /// <summary>Fisher and Yates.</summary>
    public static void Shuffle<T>(Span<T> values, SeededRandom random)
    {
        for (int n = values.Length - 1; n > 0; n--)
        {
            int other = random.Integer(0, n);
            (values[n], values[other]) = (values[other], values[n]);
        }
    }
}
