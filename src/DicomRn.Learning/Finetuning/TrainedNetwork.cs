using DicomRn.Learning.Weights;
using static TorchSharp.torch;

namespace DicomRn.Learning.Finetuning;

/// <summary>A trained network with the encoding of its clinical variables.</summary>
internal sealed class TrainedNetwork(LesionNetwork network, ClinicalEncoding? encoding, Device device) : ITrainedClassifier
{
    private const int BatchSize = 16;

    public double[] Logits(LesionCases cases, IReadOnlyList<int> chosen, CancellationToken cancellationToken)
    {
        using var noGradient = no_grad();
        float[][]? clinical = encoding is null
            ? null
            : [.. cases.Entries.Select((e, n) => encoding.Encode(e.Clinical, cases.VolumesMm3[n]))];
        List<double> logits = [];
        foreach (int[] part in chosen.Chunk(BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            LesionBatch batch = LesionBatches.Unchanged(cases, part);
            Tensor z = network.Logits(batch.Input(device), batch.Clinical(clinical, device));
            logits.AddRange(z.cpu().data<float>().ToArray().Select(v => (double)v));
        }

        return [.. logits];
    }

    public void Write(string folder) => SafeTensors.Write(Path.Combine(folder, "weights.safetensors"), ModuleWeights.Export(network));

    public void Dispose() => network.Dispose();
}
