using DicomRn.Learning.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Model;

/// <summary>
/// Patches to tokens by a strided convolution, plus learned positions (MONAI: <c>patch_embedding</c>, <c>conv</c>). Computed as the product that it is:
/// libtorch's convolution took two thirds of the time of all products in pre-training, seen with bfloat16 on a processor with AMX.
/// </summary>
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
    public override Tensor forward(Tensor input) => Embed(input, kept: null);

    /// <summary>The same of some patches.</summary>
    /// <param name="input">[B, C, D, H, W].</param>
    /// <param name="kept">Of each image the patches that are wanted, [B, kept]; null for all.</param>
    public Tensor Embed(Tensor input, Tensor? kept)
    {
        using var scope = NewDisposeScope();
        Tensor voxels = Patches.Of(input, _patchSize), positions = get_parameter(PositionsName)!.to(input.dtype);
        if (kept is not null)
        {
            voxels = Rows(voxels, kept);
            positions = positions.squeeze(0).index_select(0, kept.flatten()).view(kept.shape[0], kept.shape[1], -1);
        }

        Tensor kernels = _patches.weight.flatten(1).to(input.dtype);
        return nn.functional.linear(voxels, kernels, _patches.bias!.to(input.dtype)).Plus(positions).MoveToOuterDisposeScope();
    }

    /// <summary>Of each image the rows that are asked for.</summary>
    private static Tensor Rows(Tensor voxels, Tensor kept)
    {
        long images = voxels.shape[0], patches = voxels.shape[1];
        long[] firstRows = [.. Enumerable.Range(0, (int)images).Select(n => n * patches)];
        Tensor first = tensor(firstRows, device: kept.device).unsqueeze(1);
        return voxels.flatten(0, 1).index_select(0, kept.Plus(first).flatten()).view(kept.shape[0], kept.shape[1], -1);
    }
}
