using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Model;
using DicomRn.Learning.Preprocessing;
using TorchSharp;
using static TorchSharp.torch;

namespace DicomRn.Learning.Explanation;

/// <summary>What a model shows of one lesion, by patches in the order of the tokens, and what is known of it.</summary>
internal sealed class LesionMaps
{
    /// <summary>Attention of the last layer's class token.</summary>
    public const string ClassTokenName = "class token attention";

    /// <summary>Attention rolled out over all layers.</summary>
    public const string RolloutName = "attention rollout";

    /// <summary>Change of the logit when a patch is occluded.</summary>
    public const string OcclusionName = "occlusion";

    private const string MaskName = "control: lesion mask";
    private const string NearnessName = "control: nearness to the centre";
    private readonly float[] _input;
    private readonly double[] _occlusion;

    private LesionMaps(float[] input, double[] classToken, double[] rollout, double[] occlusion, double[] signal, double[] lesion) =>
        (_input, ClassToken, Rollout, _occlusion, Signal, Lesion) = (input, classToken, rollout, occlusion, signal, lesion);

    /// <summary>The maps of attention.</summary>
    public static IReadOnlyList<string> Names { get; } = [ClassTokenName, RolloutName];

    /// <summary>What is as easily had without a model.</summary>
    public static IReadOnlyList<string> ControlNames { get; } = [MaskName, NearnessName];

    /// <summary>Attention of the last layer's class token, mean 1.</summary>
    public double[] ClassToken { get; }

    /// <summary>Attention rolled out, mean 1.</summary>
    public double[] Rollout { get; }

    /// <summary>Voxels of each patch that show the look of a class.</summary>
    public double[] Signal { get; }

    /// <summary>Voxels of each patch in the lesion's mask.</summary>
    public double[] Lesion { get; }

    /// <summary>Computes the maps.</summary>
    public static LesionMaps Of(VisionTransformer model, LesionCrop crop, Volume<byte> signal, CancellationToken cancellationToken)
    {
        float[] input = [.. crop.Image, .. crop.Mask.Select(m => (float)m)];
        (double[] classToken, double[] rollout) = Attend(model, input);
        using var scope = NewDisposeScope();
        return new LesionMaps(
            input, classToken, rollout,
            PatchOcclusion.Of(model, Tensor(input, model.Configuration), cancellationToken),
            PatchCounts.Of(signal.Voxels, model.Configuration),
            PatchCounts.Of(crop.Mask, model.Configuration));
    }

    /// <summary>The map or control of this name.</summary>
    public double[] Map(string name, VitConfiguration sizes) => name switch
    {
        ClassTokenName => ClassToken,
        RolloutName => Rollout,
        OcclusionName => _occlusion,
        MaskName => Lesion,
        NearnessName => PatchCounts.Nearness(sizes),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    /// <summary>The maps of attention of another model, or of this one after a change.</summary>
    public (double[] ClassToken, double[] Rollout) Attention(VisionTransformer model) => Attend(model, _input);

    private static (double[] ClassToken, double[] Rollout) Attend(VisionTransformer model, float[] input)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        (_, _, IReadOnlyList<Tensor> layers) = model.ForwardWithAttention(Tensor(input, model.Configuration));
        return (Values(AttentionMaps.ClassTokenPatches(layers, model.Configuration)), Values(AttentionMaps.RolloutPatches(layers, model.Configuration)));
    }

    private static Tensor Tensor(float[] input, VitConfiguration sizes) =>
        tensor(input, [1, sizes.InChannels, sizes.ImageSize, sizes.ImageSize, sizes.ImageSize]);

    private static double[] Values(Tensor patches) => [.. patches.contiguous().data<float>().ToArray().Select(v => (double)v)];
}
