using DicomRn.Learning.Torch;
using DicomRn.Learning.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Training;

/// <summary>A linear reading of patch tokens, only there in training: the share of the patch that looks as necrosis does.</summary>
internal sealed class PatchHead : IDisposable
{
    private const string Prefix = "patch_head.";
    private readonly Linear _linear;

    public PatchHead(int hiddenSize)
    {
        _linear = nn.Linear(hiddenSize, 1);
        // Nothing random, so that a run follows from the model it starts with.
        nn.init.zeros_(_linear.weight);
        nn.init.zeros_(_linear.bias);
    }

    public IEnumerable<(string Name, Parameter Parameter)> Parameters =>
        _linear.named_parameters().Select(p => (Prefix + p.name, p.parameter));

    /// <summary>Cross-entropy of the patches' shares, weighted by how much of a patch enhances.</summary>
    public Tensor Loss(Tensor patchTokens, LesionSample[] batch, Augmentation[] changes, long[]? kept)
    {
        using var scope = NewDisposeScope();
        int patches = batch[0].PatchCount;
        float[] shares = new float[batch.Length * patches], weights = new float[shares.Length];
        for (int n = 0; n < batch.Length; n++)
            batch[n].WritePatchTargets(shares.AsSpan(n * patches, patches), weights.AsSpan(n * patches, patches), changes[n]);
        Tensor share = tensor(shares, [batch.Length, patches]), weight = tensor(weights, [batch.Length, patches]);
        if (kept is not null)
        {
            Tensor index = tensor(kept);
            (share, weight) = (share.index_select(1, index), weight.index_select(1, index));
        }

        Tensor loss = nn.functional.binary_cross_entropy_with_logits(
            _linear.call(patchTokens).squeeze(2), share, weight: weight, reduction: nn.Reduction.Sum);
        return (loss / weight.sum().Plus(1)).MoveToOuterDisposeScope();
    }

    public IEnumerable<KeyValuePair<string, StoredTensor>> Export() =>
        Parameters.Select(p => KeyValuePair.Create(p.Name, TensorTransfer.Store(p.Parameter)));

    /// <summary>Takes its own parameters out of stored ones.</summary>
    /// <returns>The others.</returns>
    public IReadOnlyDictionary<string, StoredTensor> Import(IReadOnlyDictionary<string, StoredTensor> stored)
    {
        foreach ((string name, Parameter parameter) in Parameters)
        {
            TensorTransfer.Load(
                stored.TryGetValue(name, out StoredTensor? values) ? values : throw new InvalidDataException($"The checkpoint has no {name}."),
                parameter, name);
        }

        return stored.Where(p => !p.Key.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary();
    }

    public void Dispose() => _linear.Dispose();
}
