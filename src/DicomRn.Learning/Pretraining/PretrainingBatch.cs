using static TorchSharp.torch;

namespace DicomRn.Learning.Pretraining;

/// <summary>Two views of each of B sub-volumes, the first views before the second ones.</summary>
/// <param name="Count">B.</param>
/// <param name="Edge">Voxels along each edge.</param>
/// <param name="Views">What the encoder sees: 2B cubes.</param>
/// <param name="Targets">What is to be restored: 2B cubes; the views themselves where nothing was taken from them.</param>
/// <param name="Kept">Of each view the patches that the encoder sees, in order; null for all.</param>
/// <param name="Groups">One number per sub-volume: the same for those of one lesion.</param>
/// <param name="Features">Of each view without its noise the features of the patches that the encoder sees, in order; null where they are not asked for.</param>
internal sealed record PretrainingBatch(int Count, int Edge, float[] Views, float[] Targets, long[]? Kept, int[] Groups, float[]? Features = null)
{
    /// <summary>[2B, 1, D, H, W].</summary>
    public Tensor ViewTensor(Device device, ScalarType precision) => Cubes(Views, device).to(precision);

    /// <summary>[2B, 1, D, H, W].</summary>
    public Tensor TargetTensor(Device device) => Cubes(Targets, device);

    /// <summary>[2B, kept].</summary>
    public Tensor? KeptTensor(Device device) =>
        Kept is null ? null : tensor(Kept, [2 * Count, Kept.Length / (2 * Count)], device: device);

    /// <summary>[2B, patches, features].</summary>
    public Tensor FeatureTensor(Device device)
    {
        float[] features = Features ?? throw new InvalidOperationException("The batch has no features.");
        return tensor(features, [2 * Count, features.Length / (2 * Count * PatchFeatures.Count), PatchFeatures.Count], device: device);
    }

    private Tensor Cubes(float[] values, Device device) => tensor(values, [2 * Count, 1, Edge, Edge, Edge], device: device);
}
