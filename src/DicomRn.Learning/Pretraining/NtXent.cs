using DicomRn.Learning.Torch;
using static TorchSharp.torch;

namespace DicomRn.Learning.Pretraining;

/// <summary>
/// The normalised, temperature-scaled cross entropy of SimCLR (Chen et al. 2020): each of 2B projections should be closest, by cosine,
/// to the other view of the same sub-volume among all others.
/// </summary>
internal static class NtXent
{
    /// <summary>The mean over all 2B of logsumexp(similarities to all others) less the similarity to the other view.</summary>
    /// <param name="projections">[2B, d], the first views before the second ones; computed in 32 bits.</param>
    /// <param name="temperature">Above 0.</param>
    /// <param name="groups">
    /// One number per sub-volume of the batch: those with the same one show the same lesion and are not pushed apart. Null where all differ.
    /// </param>
    public static Tensor Loss(Tensor projections, double temperature, IReadOnlyList<int>? groups = null)
    {
        using var scope = NewDisposeScope();
        long count = projections.shape[0], half = count / 2;
        Tensor unit = nn.functional.normalize(projections.to(ScalarType.Float32), dim: 1);
        Tensor similarity = unit.matmul(unit.t()).Over(temperature);
        Tensor others = similarity.Filled(Excluded(half, groups).to(projections.device), double.NegativeInfinity);
        Tensor positive = cat([similarity.diagonal(half), similarity.diagonal(-half)], 0);
        return (others.logsumexp(1) - positive).mean().MoveToOuterDisposeScope();
    }

    /// <summary>What a projection is not compared to: itself, and other sub-volumes of its group.</summary>
    private static Tensor Excluded(long half, IReadOnlyList<int>? groups)
    {
        bool[] excluded = new bool[4 * half * half];
        for (int a = 0; a < 2 * half; a++)
        {
            for (int b = 0; b < 2 * half; b++)
            {
                bool sameSubVolume = a % half == b % half;
                bool sameGroup = groups is not null && groups[(int)(a % half)] == groups[(int)(b % half)];
                excluded[a * 2 * half + b] = a == b || (sameGroup && !sameSubVolume);
            }
        }

        return tensor(excluded, [2 * half, 2 * half]);
    }
}
