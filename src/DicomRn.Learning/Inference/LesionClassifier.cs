using System.Globalization;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Model;
using DicomRn.Learning.Packs;
using DicomRn.Learning.Preprocessing;
using DicomRn.Learning.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DicomRn.Learning.Inference;

/// <summary>
/// A model pack ready to classify lesions as radiation necrosis or progression. The same input gives the same output. May be used
/// from several threads; lesions are computed one after the other, each on all threads of the setting.
/// </summary>
public sealed class LesionClassifier : IDisposable
{
    private const double SmallestVolumeMm3 = 30;
    private const double SmallestCoverage = 0.9;
    private readonly VisionTransformer _model;
    private readonly EmbeddingDistance _distance;
    private readonly Device _device;
    private readonly Lock _gate = new();

    /// <summary>Loads the weights of a pack.</summary>
    /// <exception cref="ModelPackException">A file of the pack is changed or does not fit the manifest.</exception>
    /// <exception cref="TorchUnavailableException">libtorch does not load, or CUDA is asked for and not there.</exception>
    public LesionClassifier(ModelPack pack, InferenceSettings settings)
    {
        TorchRuntime.Initialize(settings.LibTorchDirectory);
        TorchRuntime.SetThreads(settings.Threads);
        if (pack.Verify() is [string changed, ..])
            throw new ModelPackException(changed);
        Pack = pack;
        _device = TorchDevice.Choose(settings.Device);
        _distance = EmbeddingDistance.Read(pack);
        _model = new VisionTransformer(pack.Manifest.Configuration);
        try
        {
            _model.Import(pack.ReadTensors(ModelPack.WeightsName));
        }
        catch (InvalidDataException e)
        {
            _model.Dispose();
            throw new ModelPackException($"{Path.Combine(pack.Folder, ModelPack.WeightsName)} does not fit the manifest: {e.Message}", e);
        }

        _model.to(_device);
        _model.eval();
    }

    /// <summary>The pack in use.</summary>
    public ModelPack Pack { get; }

    /// <summary>Where it computes: <c>cpu</c> or <c>cuda</c>.</summary>
    public string DeviceName => _device.type == DeviceType.CUDA ? "cuda" : "cpu";

    /// <summary>Classifies one lesion.</summary>
    /// <param name="t1ce">T1 with contrast agent; the whole head as far as it was scanned.</param>
    /// <param name="lesionMask">Non-zero inside the lesion; any grid in the same frame of reference.</param>
    /// <param name="cancellationToken">Checked between the steps of the computation.</param>
    /// <exception cref="ArgumentException">The mask is empty.</exception>
    public LesionClassification Classify(Volume<float> t1ce, Volume<byte> lesionMask, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LesionCrop? crop = LesionPreprocessor.Prepare(t1ce, lesionMask, Pack.Manifest.Preprocessing);
        cancellationToken.ThrowIfCancellationRequested();
        if (crop is null)
            return Undetermined(UndeterminedReason.NoBrain, "The image holds no brain whose intensities could be measured.");
        if (crop.VolumeMm3 < SmallestVolumeMm3 || !crop.Mask.AsSpan().Contains((byte)1))
        {
            return Undetermined(UndeterminedReason.LesionTooSmall, string.Create(
                CultureInfo.InvariantCulture, $"The lesion has {crop.VolumeMm3:F0} mm³; {SmallestVolumeMm3:F0} mm³ are needed."));
        }

        lock (_gate)
            return Decide(crop, Compute(crop));
    }

    /// <summary>Releases the weights.</summary>
    public void Dispose() => _model.Dispose();

    private LesionClassification Compute(LesionCrop crop)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        Tensor input = LesionInput.Of(crop, Pack.Manifest.Configuration.InChannels, _device);
        (Tensor logits, Tensor embedding, IReadOnlyList<Tensor> attention) = _model.ForwardWithAttention(input);
        double logit = logits.cpu().item<float>();
        return new LesionClassification
        {
            Decision = LesionDecision.Undetermined,
            Reason = UndeterminedReason.None,
            ReasonText = "",
            ProgressionProbability = 1 / (1 + Math.Exp(-logit / Pack.Manifest.Calibration.Temperature)),
            Distance = _distance.Of(embedding.cpu().contiguous().data<float>().ToArray()),
            LargestDistance = Pack.Manifest.Novelty.LargestDistance,
            ClassTokenAttention = AttentionMaps.ClassToken(attention, Pack.Manifest.Configuration, crop.Grid),
            AttentionRollout = AttentionMaps.Rollout(attention, Pack.Manifest.Configuration, crop.Grid),
        };
    }

    private LesionClassification Decide(LesionCrop crop, LesionClassification computed)
    {
        if (crop.Covered < SmallestCoverage)
        {
            return Undecided(computed, UndeterminedReason.LesionTooLarge, string.Create(
                CultureInfo.InvariantCulture,
                $"Only {100 * crop.Covered:F0} % of the lesion fit into the {crop.Grid.Columns * crop.Grid.SpacingI:F0} mm that the model sees."));
        }

        if (computed.Distance > computed.LargestDistance)
        {
            return Undecided(computed, UndeterminedReason.OutOfDistribution, string.Create(
                CultureInfo.InvariantCulture,
                $"The lesion is unlike those that the model was trained on (distance {computed.Distance:F1}, at most {computed.LargestDistance:F1})."));
        }

        DecisionRule rule = Pack.Manifest.Decision;
        bool necrosis = computed.ProgressionProbability <= rule.RadiationNecrosisAtMost;
        bool progression = computed.ProgressionProbability >= rule.ProgressionAtLeast;
        if (necrosis == progression)
        {
            return Undecided(computed, UndeterminedReason.TooUncertain, string.Create(
                CultureInfo.InvariantCulture,
                $"Probability of progression {computed.ProgressionProbability:F2}: not decided at an error rate of {100 * rule.ErrorRate:F0} % per class."));
        }

        return computed with { Decision = necrosis ? LesionDecision.RadiationNecrosis : LesionDecision.Progression };
    }

    private static LesionClassification Undecided(LesionClassification computed, UndeterminedReason reason, string text) =>
        computed with { Decision = LesionDecision.Undetermined, Reason = reason, ReasonText = text };

    private LesionClassification Undetermined(UndeterminedReason reason, string text) => new()
    {
        Decision = LesionDecision.Undetermined,
        Reason = reason,
        ReasonText = text,
        LargestDistance = Pack.Manifest.Novelty.LargestDistance,
    };
}
