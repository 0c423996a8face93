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
    public Tensor? Clinical(float[][]? encoded, Device device) => encoded is null
        ? null
        : tensor(Cases.SelectMany(n => encoded[n]).ToArray(), [Cases.Length, encoded[Cases[0]].Length], device: device);
}
