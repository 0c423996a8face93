using static TorchSharp.torch;

namespace DicomRn.Learning.Finetuning;

/// <summary>Cases as a network takes them.</summary>
/// <param name="Cases">Indices of the cases.</param>
/// <param name="Edge">Voxels along each edge.</param>
/// <param name="Values">Image and mask of each case.</param>
internal sealed record LesionBatch(int[] Cases, int Edge, float[] Values)
{
    /// <summary>[B, 2, D, H, W].</summary>
    public Tensor Input(Device device) => tensor(Values, [Cases.Length, 2, Edge, Edge, Edge], device: device);

    /// <summary>Encoded clinical variables [B, n], or null without.</summary>
    /// <param name="encode">The numbers of the case at a place of the batch.</param>
    /// <param name="device">Where they go.</param>
    public Tensor? Clinical(Func<int, float[]>? encode, Device device)
    {
        if (encode is null)
            return null;
        float[][] encoded = [.. Enumerable.Range(0, Cases.Length).Select(encode)];
        return tensor(encoded.SelectMany(e => e).ToArray(), [Cases.Length, encoded[0].Length], device: device);
    }
}
