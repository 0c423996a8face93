using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Model;
using DicomRn.Learning.Preprocessing;
using static TorchSharp.torch;

namespace DicomRn.Learning.Explanation;

/// <summary>What a model shows of one lesion, by patches in the order of the tokens, and what is known of it.</summary>
internal sealed class LesionMaps
{
    /// <summary>Attention of the last layer, from what stands for the image.</summary>
    public const string LastLayerName = "attention of the last layer";

    /// <summary>Attention rolled out over all layers.</summary>
    public const string RolloutName = "attention rollout";

    /// <summary>Change of the logit when a patch is occluded.</summary>
    public const string OcclusionName = "occlusion";

    private const string MaskName = "control: lesion mask";
    private const string NearnessName = "control: nearness to the centre";
    private readonly LesionCrop _crop;
    private readonly double[] _occlusion;

    private LesionMaps(LesionCrop crop, double[] lastLayer, double[] rollout, double[] occlusion, double[] signal, double[] lesion) =>
        (_crop, LastLayer, Rollout, _occlusion, Signal, Lesion) = (crop, lastLayer, rollout, occlusion, signal, lesion);

    /// <summary>The maps of attention.</summary>
    public static IReadOnlyList<string> Names { get; } = [LastLayerName, RolloutName];

    /// <summary>What is as easily had without a model.</summary>
    public static IReadOnlyList<string> ControlNames { get; } = [MaskName, NearnessName];

    /// <summary>Attention of the last layer, mean 1.</summary>
    public double[] LastLayer { get; }

    /// <summary>Attention rolled out, mean 1.</summary>
    public double[] Rollout { get; }

    /// <summary>Voxels of each patch that show the look of a class.</summary>
    public double[] Signal { get; }

    /// <summary>Voxels of each patch in the lesion's mask.</summary>
    public double[] Lesion { get; }

    /// <summary>Computes the maps.</summary>
    /// <param name="network">The model.</param>
    /// <param name="crop">The lesion.</param>
    /// <param name="clinical">What a model with clinical variables is told of it, the same for every view.</param>
    /// <param name="signal">Where the look of a class is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static LesionMaps Of(
        PackNetwork network, LesionCrop crop, CohortClinicalData clinical, Volume<byte> signal, CancellationToken cancellationToken)
    {
        VisionTransformer model = network.Encoder;
        (double[] lastLayer, double[] rollout) = Attend(network, crop);
        using var scope = NewDisposeScope();
        return new LesionMaps(
            crop, lastLayer, rollout,
            PatchOcclusion.Of(
                views => network.Logits(views, clinical, clinical.LesionVolumeMm3 ?? crop.VolumeMm3), model.Configuration, Input(model, crop), cancellationToken),
            PatchCounts.Of(signal.Voxels, model.Configuration),
            PatchCounts.Of(crop.Mask, model.Configuration));
    }

    /// <summary>The map or control of this name.</summary>
    public double[] Map(string name, VitConfiguration sizes) => name switch
    {
        LastLayerName => LastLayer,
        RolloutName => Rollout,
        OcclusionName => _occlusion,
        MaskName => Lesion,
        NearnessName => PatchCounts.Nearness(sizes),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    /// <summary>The maps of attention of another model, or of this one after a change.</summary>
    public (double[] LastLayer, double[] Rollout) Attention(PackNetwork network) => Attend(network, _crop);

    private static (double[] LastLayer, double[] Rollout) Attend(PackNetwork network, LesionCrop crop)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        PooledAttention attention = network.Attention(Input(network.Encoder, crop));
        return (Values(AttentionMaps.LastLayerPatches(attention)), Values(AttentionMaps.RolloutPatches(attention)));
    }

    private static Tensor Input(VisionTransformer model, LesionCrop crop) => LesionInput.Of(crop, model.Configuration.InChannels, CPU);

    private static double[] Values(Tensor patches) => [.. patches.contiguous().data<float>().ToArray().Select(v => (double)v)];
}
