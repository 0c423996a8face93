using DicomRn.Learning.Training;

namespace DicomRn.Learning.Finetuning;

/// <summary>Batches of cases; what a batch is follows from the seed and its number alone. Thread-safe.</summary>
internal sealed class LesionBatches(LesionCases cases, IReadOnlyList<int> training, ViewSettings views, int batchSize, int seed)
{
    private const uint Purpose = 0xF17E;

    /// <summary>Batches per epoch; the last one may be smaller than the others.</summary>
    public int PerEpoch => (training.Count + batchSize - 1) / batchSize;

    /// <summary>The batch of an update, counted from 0 over all epochs.</summary>
    public LesionBatch Make(int step)
    {
        int[] order = SampleOrder.Of(training.Count, seed, step / PerEpoch);
        int first = step % PerEpoch * batchSize;
        int[] chosen = [.. order.Skip(first).Take(batchSize).Select(n => training[n])];
        return Make(cases, chosen, n => (views, SeededRandom.For(seed, Purpose, (uint)(step * batchSize + n))));
    }

    /// <summary>Cases as they are.</summary>
    public static LesionBatch Unchanged(LesionCases cases, int[] chosen) => Make(cases, chosen, null);

    private static LesionBatch Make(LesionCases cases, int[] chosen, Func<int, (ViewSettings, SeededRandom)>? change)
    {
        int edge = cases.Crops.Edge, voxels = edge * edge * edge;
        float[] values = new float[2 * voxels * chosen.Length], image = new float[voxels], mask = new float[voxels];
        for (int n = 0; n < chosen.Length; n++)
        {
            Span<float> seenImage = values.AsSpan(2 * n * voxels, voxels), seenMask = values.AsSpan((2 * n + 1) * voxels, voxels);
            if (change is null)
            {
                cases.Crops.Read(chosen[n], seenImage, seenMask);
                continue;
            }

            cases.Crops.Read(chosen[n], image, mask);
            (ViewSettings views, SeededRandom random) = change(n);
            View.Draw(image, mask, seenImage, seenMask, edge, views, random);
        }

        return new LesionBatch(chosen, edge, values);
    }
}
