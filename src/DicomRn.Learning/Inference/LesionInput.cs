using DicomRn.Learning.Preprocessing;
using static TorchSharp.torch;

namespace DicomRn.Learning.Inference;

/// <summary>The input tensor of one lesion.</summary>
internal static class LesionInput
{
    /// <summary>[1, channels, D, H, W]: T1CE, and the mask as the second of two channels.</summary>
    public static Tensor Of(LesionCrop crop, int channels, Device device)
    {
        long edge = crop.Grid.Columns;
        float[] values = new float[channels * crop.Image.Length];
        crop.Image.CopyTo(values, 0);
        for (int n = crop.Image.Length; n < values.Length; n++)
            values[n] = crop.Mask[n - crop.Image.Length];
        return tensor(values, [1, channels, edge, edge, edge], device: device);
    }
}
