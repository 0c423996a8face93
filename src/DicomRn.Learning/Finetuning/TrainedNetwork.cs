using DicomRn.Learning.Inference;
using DicomRn.Learning.Weights;
using static TorchSharp.torch;

namespace DicomRn.Learning.Finetuning;

/// <summary>A trained network with the encoding of its clinical variables.</summary>
internal sealed class TrainedNetwork(LesionNetwork network, ClinicalEncoding? encoding, Device device) : ITrainedClassifier
{
    /// <summary>The file of its weights: <c>encoder.*</c> and <c>fusion.*</c>.</summary>
    public const string WeightsName = "weights.safetensors";

    private const int BatchSize = 16;

    public double[] Logits(LesionCases cases, IReadOnlyList<int> chosen, CancellationToken cancellationToken)
    {
        using var noGradient = no_grad();
        List<double> logits = [];
        foreach (int[] part in chosen.Chunk(BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            LesionBatch batch = LesionBatches.Unchanged(cases, part);
            Func<int, float[]>? encode = encoding is null
                ? null
                : place => encoding.Encode(cases.Entries[part[place]].Clinical, cases.VolumesMm3[part[place]]);
            Tensor z = network.Logits(batch.Input(device), batch.Clinical(encode, device));
            logits.AddRange(z.cpu().data<float>().ToArray().Select(v => (double)v));
        }

        return [.. logits];
    }

    public double[]? Distances(LesionCases cases, IReadOnlyList<int> training, IReadOnlyList<int> chosen, CancellationToken cancellationToken)
    {
        EmbeddingDistance distance = EmbeddingDistance.Fit(Embeddings(cases, training, cancellationToken));
        return [.. Embeddings(cases, chosen, cancellationToken).Select(e => distance.Of(e))];
    }

    /// <summary>What stands for the image of each case.</summary>
    public float[][] Embeddings(LesionCases cases, IReadOnlyList<int> chosen, CancellationToken cancellationToken)
    {
        using var noGradient = no_grad();
        List<float[]> embeddings = [];
        foreach (int[] part in chosen.Chunk(BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            float[] flat = network.Embed(LesionBatches.Unchanged(cases, part).Input(device)).cpu().contiguous().data<float>().ToArray();
            embeddings.AddRange(flat.Chunk(flat.Length / part.Length));
        }

        return [.. embeddings];
    }

    public void Write(string folder) => SafeTensors.Write(Path.Combine(folder, WeightsName), ModuleWeights.Export(network));

    public void Dispose() => network.Dispose();
}
