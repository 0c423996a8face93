using static TorchSharp.torch;

namespace DicomRn.Learning.Pretraining;

/// <summary>Two views of each of B sub-volumes, the first views before the second ones.</summary>
/// <param name="Count">B.</param>
/// <param name="Edge">Voxels along each edge.</param>
/// <param name="Views">What the encoder sees: 2B cubes.</param>
/// <param name="Targets">What is to be restored, or told of: 2B cubes, before corruption or noise; the views themselves where they are as they were.</param>
/// <param name="Kept">Of each view the patches that the encoder sees, in order; null for all.</param>
/// <param name="Groups">One number per sub-volume: the same for those of one lesion.</param>
internal sealed record PretrainingBatch(int Count, int Edge, float[] Views, float[] Targets, long[]? Kept, int[] Groups)
{
    /// <summary>[2B, 1, D, H, W].</summary>
    public Tensor ViewTensor(Device device, ScalarType precision) => Cubes(Views, device).to(precision);

    /// <summary>[2B, 1, D, H, W].</summary>
    public Tensor TargetTensor(Device device) => Cubes(Targets, device);

    /// <summary>[2B, kept].</summary>
    public Tensor? KeptTensor(Device device) =>
        Kept is null ? null : tensor(Kept, [2 * Count, Kept.Length / (2 * Count)], device: device);

    private Tensor Cubes(float[] values, Device device) => tensor(values, [2 * Count, 1, Edge, Edge, Edge], device: device);
}
