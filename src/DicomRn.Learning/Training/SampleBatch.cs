using static TorchSharp.torch;

namespace DicomRn.Learning.Training;

/// <summary>Samples as one input tensor [B, 2, D, H, W].</summary>
internal static class SampleBatch
{
    public static Tensor ToTensor(LesionSample[] samples, Augmentation[] changes)
    {
        int edge = samples[0].Edge, voxels = edge * edge * edge;
        float[] values = new float[samples.Length * 2 * voxels];
        Parallel.For(0, samples.Length, n => samples[n].WriteTo(
            values.AsSpan(2 * n * voxels, voxels), values.AsSpan((2 * n + 1) * voxels, voxels), changes[n]));
        return tensor(values, [samples.Length, 2, edge, edge, edge]);
    }
}
