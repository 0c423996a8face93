using DicomRn.Learning.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DicomRn.Learning.Pretraining;

/// <summary>
/// Plain features of patches: mean and standard deviation of the intensity, of three bands of it and of the length of its gradient at two scales.
/// Bands are differences between the image and its blurs with Gaussians of 1, 2 and 4 voxels, gradients those of the first two blurs.
/// </summary>
internal static class PatchFeatures
{
    /// <summary>Numbers per patch.</summary>
    public const int Count = 2 * Channels;

    private const int Channels = 6;
    private const int CubesAtOnce = 16;
    private const double LeastVariance = 1e-8;
    private static readonly double[] Scales = [1, 2, 4];

    /// <summary>[B, 1, D, H, W] in 32 bits to [B, patches, features]: all means, then all standard deviations; patches in the order of the tokens.</summary>
    public static Tensor Of(Tensor cubes, int patchSize)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Tensor[] parts = [.. cubes.split(CubesAtOnce).Select(part => OfPart(part, patchSize))];
        return cat(parts, 0).MoveToOuterDisposeScope();
    }

    private static Tensor OfPart(Tensor cubes, int patchSize)
    {
        using var scope = NewDisposeScope();
        Tensor[] blurs = [.. Scales.Select(s => Blur(cubes, s))];
        Tensor channels = cat(
            [cubes, cubes - blurs[0], blurs[0] - blurs[1], blurs[1] - blurs[2], GradientLength(blurs[0]), GradientLength(blurs[1])], 1);
        Tensor mean = MeanOfPatches(channels, patchSize), squares = MeanOfPatches(channels * channels, patchSize);
        using Scalar least = LeastVariance.ToScalar();
        return cat([mean, (squares - mean * mean).clamp_min(least).sqrt()], 2).MoveToOuterDisposeScope();
    }

    private static Tensor MeanOfPatches(Tensor channels, int patchSize) =>
        nn.functional.avg_pool3d(channels, [patchSize, patchSize, patchSize]).flatten(2).transpose(1, 2);

    /// <summary>By a Gaussian that is cut off at three standard deviations; the border is continued outwards.</summary>
    private static Tensor Blur(Tensor cubes, double scale)
    {
        int reach = (int)Math.Ceiling(3 * scale);
        double[] weights = [.. Enumerable.Range(-reach, 2 * reach + 1).Select(x => Math.Exp(-x * x / (2 * scale * scale)))];
        double sum = weights.Sum();
        Tensor kernel = tensor(Array.ConvertAll(weights, w => (float)(w / sum)), device: cubes.device);
        Tensor blurred = cubes;
        for (int axis = 0; axis < 3; axis++)
        {
            long[] shape = [1, 1, 1, 1, 1];
            shape[2 + axis] = weights.Length;
            blurred = nn.functional.conv3d(Continued(blurred, axis, reach), kernel.view(shape));
        }

        return blurred;
    }

    private static Tensor GradientLength(Tensor cubes)
    {
        Tensor squares = zeros_like(cubes);
        for (int axis = 0; axis < 3; axis++)
        {
            int along = 2 + axis;
            Tensor wide = Continued(cubes, axis, 1);
            Tensor slope = (wide.slice(along, 2, wide.shape[along], 1) - wide.slice(along, 0, wide.shape[along] - 2, 1)).Over(2);
            squares = squares.Plus(slope * slope);
        }

        return squares.sqrt();
    }

    private static Tensor Continued(Tensor cubes, int axis, int reach)
    {
        // The last axis comes first.
        long[] sides = new long[6];
        sides[2 * (2 - axis)] = sides[2 * (2 - axis) + 1] = reach;
        return nn.functional.pad(cubes, sides, PaddingModes.Replicate);
    }
}
