using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Model;
using DicomRn.Learning.Torch;
using static TorchSharp.torch;

namespace DicomRn.Learning.Inference;

/// <summary>Attention matrices as volumes on the crop's grid, scaled so that evenly spread attention is 1.</summary>
internal static class AttentionMaps
{
    /// <summary>Last layer, class token to patches, mean over heads; without a class token, the mean over all patches that ask.</summary>
    public static Volume<float> ClassToken(IReadOnlyList<Tensor> layers, VitConfiguration configuration, VolumeGeometry grid)
    {
        using var scope = NewDisposeScope();
        return Upsample(ClassTokenPatches(layers, configuration), configuration, grid);
    }

    /// <summary>Product over the layers of the mean of attention and identity.</summary>
    public static Volume<float> Rollout(IReadOnlyList<Tensor> layers, VitConfiguration configuration, VolumeGeometry grid)
    {
        using var scope = NewDisposeScope();
        return Upsample(RolloutPatches(layers, configuration), configuration, grid);
    }

    /// <summary><see cref="ClassToken"/> before it becomes a volume: [patches] with mean 1.</summary>
    public static Tensor ClassTokenPatches(IReadOnlyList<Tensor> layers, VitConfiguration configuration) =>
        Asked(layers[^1][0].mean([0]), configuration);

    /// <summary><see cref="Rollout"/> before it becomes a volume: [patches] with mean 1.</summary>
    public static Tensor RolloutPatches(IReadOnlyList<Tensor> layers, VitConfiguration configuration)
    {
        Tensor identity = eye(layers[0].shape[^1], device: layers[0].device), rollout = identity;
        foreach (Tensor layer in layers)
            rollout = layer[0].mean([0]).Plus(identity).Times(0.5).matmul(rollout);
        return Asked(rollout, configuration);
    }

    /// <summary>The attention to the patches of what stands for the image: the class token, or all patches alike.</summary>
    private static Tensor Asked(Tensor attention, VitConfiguration configuration)
    {
        Tensor row = configuration.ClassToken ? attention[0] : attention.mean([0]);
        Tensor patches = row.slice(0, configuration.FirstPatch, row.shape[0], 1);
        return patches * patches.sum().reciprocal().Times(configuration.Patches);
    }

    private static Volume<float> Upsample(Tensor patches, VitConfiguration configuration, VolumeGeometry grid)
    {
        long n = configuration.PatchesPerEdge, size = configuration.ImageSize;
        Tensor volume = nn.functional.interpolate(
            patches.view(1, 1, n, n, n), size: [size, size, size], mode: InterpolationMode.Trilinear, align_corners: false);
        return new Volume<float>(grid, volume.cpu().contiguous().data<float>().ToArray());
    }
}
