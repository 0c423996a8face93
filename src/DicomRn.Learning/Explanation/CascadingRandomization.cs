using DicomRn.Learning.Model;
using DicomRn.Learning.Weights;
using TorchSharp;

namespace DicomRn.Learning.Explanation;

/// <summary>
/// A model that forgets from the head down to the patches, layer by layer (Adebayo et al. 2018): a map that stays the same shows the image
/// and not what the model has learnt.
/// </summary>
internal static class CascadingRandomization
{
    /// <summary>The parts in the order in which they are forgotten.</summary>
    public static IReadOnlyList<string> Parts(VitConfiguration sizes) =>
    [
        .. Where("classification_head", sizes.HeadOutputs > 0), "norm", .. Enumerable.Range(0, sizes.Layers).Reverse().Select(n => $"blocks.{n}"),
        .. Where("cls_token", sizes.ClassToken), "patch_embedding",
    ];

    /// <summary>Gives a part of the model the weights of a newly initialised one.</summary>
    /// <param name="model">The model that forgets.</param>
    /// <param name="part">One of <see cref="Parts"/>.</param>
    /// <param name="seed">Decides the weights.</param>
    public static void Forget(VisionTransformer model, string part, int seed)
    {
        torch.manual_seed(seed);
        using VisionTransformer fresh = new(model.Configuration);
        Dictionary<string, StoredTensor> weights = model.Export().ToDictionary();
        foreach ((string name, StoredTensor value) in fresh.Export())
        {
            if (name == part || name.StartsWith(part + ".", StringComparison.Ordinal))
                weights[name] = value;
        }

        model.Import(weights);
    }

    private static string[] Where(string part, bool isThere) => isThere ? [part] : [];
}
