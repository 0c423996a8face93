using DicomRn.Learning.Model;
using DicomRn.Learning.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Pretraining;

/// <summary>Restores corrupted views patch by patch: L1 × (1 + NT-Xent).</summary>
internal sealed class RestorationNetwork : PretrainingNetwork
{
    private readonly Linear _restoration;
    private readonly int _patchSize;

    public RestorationNetwork(VitConfiguration configuration, PretrainingSettings settings)
        : base(nameof(RestorationNetwork), configuration, settings)
    {
        _patchSize = configuration.PatchSize;
        _restoration = nn.Linear(configuration.HiddenSize, (long)_patchSize * _patchSize * _patchSize);
        register_module("restoration", _restoration);
    }

    protected override (Tensor Total, Tensor? Reconstruction) Combine(PretrainingBatch batch, Device device, Tensor tokens, Tensor contrast)
    {
        Tensor restored = _restoration.Apply(Encoder.PatchTokens(tokens)).to(ScalarType.Float32);
        Tensor distance = nn.functional.l1_loss(restored, Patches.Of(batch.TargetTensor(device), _patchSize));
        return (distance * contrast.Plus(1), distance);
    }
}
