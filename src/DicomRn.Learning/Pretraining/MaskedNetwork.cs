using DicomRn.Learning.Model;
using DicomRn.Learning.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Pretraining;

/// <summary>Predicts the voxels of hidden patches with a light decoder (He et al. 2022): mean square + weight × NT-Xent.</summary>
internal sealed class MaskedNetwork : PretrainingNetwork
{
    // Not fields: see PatchEmbedding.
    private const string MaskTokenName = "mask_token";
    private const string PositionsName = "position_embeddings";
    private readonly Linear _narrow;
    private readonly ModuleList<TransformerBlock> _blocks;
    private readonly LayerNorm _norm;
    private readonly Linear _voxels;
    private readonly int _patchSize;
    private readonly int _patches;
    private readonly double _contrastWeight;

    public MaskedNetwork(VitConfiguration configuration, PretrainingSettings settings)
        : base(nameof(MaskedNetwork), configuration, settings)
    {
        (_patchSize, _patches, _contrastWeight) = (configuration.PatchSize, configuration.Patches, settings.ContrastWeight);
        VitConfiguration decoder = configuration with
        {
            HiddenSize = settings.DecoderSize,
            MlpSize = 4 * settings.DecoderSize,
            Layers = settings.DecoderLayers,
            Heads = settings.DecoderHeads,
        };
        decoder.Validate();
        _narrow = nn.Linear(configuration.HiddenSize, decoder.HiddenSize);
        Parameter maskToken = new(zeros(1, 1, decoder.HiddenSize));
        Parameter positions = new(zeros(1, configuration.Tokens, decoder.HiddenSize));
        nn.init.normal_(maskToken, std: 0.02);
        nn.init.trunc_normal_(positions, std: 0.02);
        _blocks = nn.ModuleList([.. Enumerable.Range(0, decoder.Layers).Select(_ => new TransformerBlock(decoder))]);
        _norm = nn.LayerNorm(decoder.HiddenSize);
        _voxels = nn.Linear(decoder.HiddenSize, (long)_patchSize * _patchSize * _patchSize);
        register_module("narrow", _narrow);
        register_parameter(MaskTokenName, maskToken);
        register_parameter(PositionsName, positions);
        register_module("decoder_blocks", _blocks);
        register_module("decoder_norm", _norm);
        register_module("voxels", _voxels);
    }

    protected override (Tensor Total, Tensor? Reconstruction) Combine(PretrainingBatch batch, Device device, Tensor tokens, Tensor contrast)
    {
        Tensor kept = batch.KeptTensor(device) ?? throw new ArgumentException("No patch of the batch is hidden.", nameof(batch));
        Tensor predicted = Decode(tokens, kept).to(ScalarType.Float32);
        Tensor difference = predicted - Patches.Of(batch.TargetTensor(device), _patchSize);
        Tensor squares = (difference * difference).mean([2]);
        Tensor hidden = ones_like(squares).scatter(1, kept, zeros_like(kept, dtype: ScalarType.Float32));
        Tensor error = (squares * hidden).sum() / hidden.sum();
        return (error.Plus(contrast.Times(_contrastWeight)), error);
    }

    private Tensor Decode(Tensor tokens, Tensor kept)
    {
        Tensor seen = _narrow.Apply(tokens);
        long views = seen.shape[0], width = seen.shape[2];
        Tensor patches = get_parameter(MaskTokenName)!.to(seen.dtype).expand(views, _patches, width)
            .scatter(1, kept.unsqueeze(2).expand(-1, -1, width), Encoder.PatchTokens(seen));
        Tensor all = cat([seen.slice(1, 0, Encoder.Configuration.FirstPatch, 1), patches], 1).Plus(get_parameter(PositionsName)!.to(seen.dtype));
        foreach (TransformerBlock block in _blocks)
            all = block.call(all);
        return _voxels.Apply(_norm.Apply(Encoder.PatchTokens(all)));
    }
}
