using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Model;
using DicomRn.Learning.Torch;
using static TorchSharp.torch;

namespace DicomRn.Learning.Inference;

/// <summary>Attention matrices as volumes on the crop's grid, scaled so that evenly spread attention is 1.</summary>
internal static class AttentionMaps
{
    /// <summary>Last layer, from what stands for the image (the class token, or patches by their shares) to the patches, mean over heads.</summary>
    public static Volume<float> LastLayer(PooledAttention attention, VolumeGeometry grid)
    {
        using var scope = NewDisposeScope();
        return Upsample(LastLayerPatches(attention), attention.Configuration, grid);
    }

    /// <summary>Product over the layers of the mean of attention and identity.</summary>
    public static Volume<float> Rollout(PooledAttention attention, VolumeGeometry grid)
    {
        using var scope = NewDisposeScope();
        return Upsample(RolloutPatches(attention), attention.Configuration, grid);
    }

    /// <summary><see cref="LastLayer"/> before it becomes a volume: [patches] with mean 1.</summary>
    public static Tensor LastLayerPatches(PooledAttention attention) => Asked(attention.Layers[^1][0].mean([0]), attention);

    /// <summary><see cref="Rollout"/> before it becomes a volume: [patches] with mean 1.</summary>
    public static Tensor RolloutPatches(PooledAttention attention)
    {
        Tensor identity = eye(attention.Shares.shape[0], device: attention.Shares.device), rollout = identity;
        foreach (Tensor layer in attention.Layers)
            rollout = layer[0].mean([0]).Plus(identity).Times(0.5).matmul(rollout);
        return Asked(rollout, attention);
    }

    /// <summary>The attention to the patches of what stands for the image.</summary>
    private static Tensor Asked(Tensor matrix, PooledAttention attention)
    {
        Tensor row = attention.Shares.to(matrix.dtype).matmul(matrix);
        Tensor patches = row.slice(0, attention.Configuration.FirstPatch, row.shape[0], 1);
        return patches * patches.sum().reciprocal().Times(attention.Configuration.Patches);
    }

    private static Volume<float> Upsample(Tensor patches, VitConfiguration configuration, VolumeGeometry grid)
    {
        long n = configuration.PatchesPerEdge, size = configuration.ImageSize;
        Tensor volume = nn.functional.interpolate(
            patches.view(1, 1, n, n, n), size: [size, size, size], mode: InterpolationMode.Trilinear, align_corners: false);
        return new Volume<float>(grid, volume.cpu().contiguous().data<float>().ToArray());
    }
}
