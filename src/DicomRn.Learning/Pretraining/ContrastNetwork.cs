using DicomRn.Learning.Model;
using static TorchSharp.torch;

namespace DicomRn.Learning.Pretraining;

/// <summary>SimCLR: the contrast is all.</summary>
internal sealed class ContrastNetwork(VitConfiguration configuration, PretrainingSettings settings)
    : PretrainingNetwork(nameof(ContrastNetwork), configuration, settings)
{
    protected override (Tensor Total, Tensor? Reconstruction) Combine(PretrainingBatch batch, Device device, Tensor tokens, Tensor contrast) =>
        (contrast.alias(), null);
}
