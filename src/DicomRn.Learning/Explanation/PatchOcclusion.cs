using DicomRn.Learning.Model;
using static TorchSharp.torch;

namespace DicomRn.Learning.Explanation;

/// <summary>
/// How much the logit changes when a patch of the image shows the brain's median instead (occlusion; Zeiler and Fergus 2014). It asks the
/// model itself and knows nothing of attention.
/// </summary>
internal static class PatchOcclusion
{
    private const int BatchSize = 36;

    /// <summary>The absolute change of the logit, [patches].</summary>
    /// <param name="logits">The model, in evaluation mode: from [B, channels, D, H, W] to logits [B].</param>
    /// <param name="sizes">The model's.</param>
    /// <param name="input">[1, channels, D, H, W], the image first, normalised so that the brain's median is 0.</param>
    /// <param name="cancellationToken">Checked between batches.</param>
    public static double[] Of(Func<Tensor, Tensor> logits, VitConfiguration sizes, Tensor input, CancellationToken cancellationToken)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        double whole = Logits(input).Single();
        List<double> changes = [];
        foreach (int[] patches in Enumerable.Range(0, sizes.Patches).Chunk(BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var batchScope = NewDisposeScope();
            Tensor views = input.repeat(patches.Length, 1, 1, 1, 1);
            for (int n = 0; n < patches.Length; n++)
                Patch(views[n, 0], patches[n], sizes).zero_();
            changes.AddRange(Logits(views).Select(z => Math.Abs(z - whole)));
        }

        return [.. changes];

        IEnumerable<double> Logits(Tensor views) => logits(views).cpu().data<float>().ToArray().Select(z => (double)z);
    }

    private static Tensor Patch(Tensor image, int patch, VitConfiguration sizes)
    {
        int edge = sizes.PatchesPerEdge, size = sizes.PatchSize;
        int[] first = [patch / (edge * edge) * size, patch / edge % edge * size, patch % edge * size];
        for (int axis = 0; axis < 3; axis++)
            image = image.narrow(axis, first[axis], size);
        return image;
    }
}
