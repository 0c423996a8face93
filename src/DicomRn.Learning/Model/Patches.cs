using static TorchSharp.torch;

namespace DicomRn.Learning.Model;

/// <summary>Cubes as rows of voxels of their patches, in the order of the tokens.</summary>
internal static class Patches
{
    /// <summary>[B, C, D, H, W] to [B, patches, C × patch³].</summary>
    public static Tensor Of(Tensor cubes, int patchSize)
    {
        using var scope = NewDisposeScope();
        long images = cubes.shape[0], channels = cubes.shape[1], n = cubes.shape[2] / patchSize, p = patchSize;
        return cubes.reshape(images, channels, n, p, n, p, n, p).permute(0, 2, 4, 6, 1, 3, 5, 7)
            .reshape(images, n * n * n, channels * p * p * p).MoveToOuterDisposeScope();
    }
}
