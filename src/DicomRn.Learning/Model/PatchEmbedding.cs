using DicomRn.Learning.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Model;

/// <summary>Patches to tokens by a strided convolution, plus learned positions (MONAI: <c>patch_embedding</c>, <c>conv</c>).</summary>
internal sealed class PatchEmbedding : nn.Module<Tensor, Tensor>
{
    // Not a field: Torch replaces parameters when it moves a module to another device, and fields of other names would be left behind.
    private const string PositionsName = "position_embeddings";
    private readonly Conv3d _patches;
    private readonly int _patchSize;
    public PatchEmbedding(VitConfiguration c)
        : base(nameof(PatchEmbedding))
    {
        _patchSize = c.PatchSize;
        _patches = nn.Conv3d(c.InChannels, c.HiddenSize, kernel_size: c.PatchSize, stride: c.PatchSize);
        Parameter positions = new(zeros(1, c.Patches, c.HiddenSize));
        nn.init.trunc_normal_(positions, std: 0.02);
        register_module("patch_embeddings", _patches);
        register_parameter(PositionsName, positions);
    }

    /// <summary>[B, C, D, H, W] to [B, patches, hidden], W fastest.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return _patches.Apply(input, _patchSize).flatten(2).transpose(1, 2).Plus(get_parameter(PositionsName)!.to(input.dtype)).MoveToOuterDisposeScope();
    }
}
