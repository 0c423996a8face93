using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Model;

/// <summary>Patches to tokens by a strided convolution, plus learned positions (MONAI: <c>patch_embedding</c>, <c>conv</c>).</summary>
internal sealed class PatchEmbedding : nn.Module<Tensor, Tensor>
{
    private readonly Conv3d _patches;
    private readonly Parameter _positions;

    public PatchEmbedding(VitConfiguration c)
        : base(nameof(PatchEmbedding))
    {
        _patches = nn.Conv3d(c.InChannels, c.HiddenSize, kernel_size: c.PatchSize, stride: c.PatchSize);
        _positions = new Parameter(zeros(1, c.Patches, c.HiddenSize));
        nn.init.trunc_normal_(_positions, std: 0.02);
        register_module("patch_embeddings", _patches);
        register_parameter("position_embeddings", _positions);
    }

    /// <summary>[B, C, D, H, W] to [B, patches, hidden], W fastest.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return (_patches.call(input).flatten(2).transpose(1, 2) + _positions).MoveToOuterDisposeScope();
    }
}
