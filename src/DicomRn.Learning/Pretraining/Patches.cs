using static TorchSharp.torch;

namespace DicomRn.Learning.Pretraining;

/// <summary>Cubes as rows of voxels of their patches, in the order of the tokens.</summary>
internal static class Patches
{
    /// <summary>[B, 1, D, H, W] to [B, patches, patch³].</summary>
    public static Tensor Of(Tensor cubes, int patchSize)
    {
        using var scope = NewDisposeScope();
        long n = cubes.shape[2] / patchSize, p = patchSize;
        return cubes.view(cubes.shape[0], n, p, n, p, n, p).permute(0, 1, 3, 5, 2, 4, 6)
            .reshape(cubes.shape[0], n * n * n, p * p * p).MoveToOuterDisposeScope();
    }
}
