using System.Globalization;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Cohorts;
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
    private readonly PackNetwork _network;
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
        pack.RequireUnchanged();
        Pack = pack;
        _device = TorchDevice.Choose(settings.Device);
        _distance = EmbeddingDistance.Read(pack);
        _network = PackNetwork.Read(pack);
        _network.MoveTo(_device);
    }

    /// <summary>The pack in use.</summary>
    public ModelPack Pack { get; }

    /// <summary>Where it computes: <c>cpu</c> or <c>cuda</c>.</summary>
    public string DeviceName => _device.type == DeviceType.CUDA ? "cuda" : "cpu";

    /// <summary>Classifies one lesion of whose patient nothing is known: to a model with clinical variables all are missing but the volume.</summary>
    /// <inheritdoc cref="Classify(Volume{float}, Volume{byte}, CohortClinicalData, CancellationToken)"/>
    public LesionClassification Classify(Volume<float> t1ce, Volume<byte> lesionMask, CancellationToken cancellationToken = default) =>
        Classify(t1ce, lesionMask, new CohortClinicalData(), cancellationToken);

    /// <summary>Classifies one lesion.</summary>
    /// <param name="t1ce">T1 with contrast agent; the whole head as far as it was scanned.</param>
    /// <param name="lesionMask">Non-zero inside the lesion; any grid in the same frame of reference.</param>
    /// <param name="clinical">
    /// What is known on the day of the MRI, for a model that takes it; what is null is missing. Without a volume that of the mask counts.
    /// </param>
    /// <param name="cancellationToken">Checked between the steps of the computation.</param>
    /// <exception cref="ArgumentException">The mask is empty.</exception>
    public LesionClassification Classify(
        Volume<float> t1ce, Volume<byte> lesionMask, CohortClinicalData clinical, CancellationToken cancellationToken = default)
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
            return Decide(crop, Compute(crop, clinical));
    }

    /// <summary>Releases the weights.</summary>
    public void Dispose() => _network.Dispose();

    /// <summary>The logit, before calibration.</summary>
    internal double Logit(LesionCrop crop, CohortClinicalData clinical)
    {
        lock (_gate)
        {
            using var scope = NewDisposeScope();
            using var inference = inference_mode();
            return _network.Compute(Input(crop), clinical, VolumeOf(crop, clinical)).Logit.cpu().item<float>();
        }
    }

    private static double VolumeOf(LesionCrop crop, CohortClinicalData clinical) => clinical.LesionVolumeMm3 ?? crop.VolumeMm3;

    private Tensor Input(LesionCrop crop) => LesionInput.Of(crop, Pack.Manifest.Configuration.InChannels, _device);

    private LesionClassification Compute(LesionCrop crop, CohortClinicalData clinical)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        double volume = VolumeOf(crop, clinical);
        (Tensor logit, Tensor embedding, PooledAttention attention) = _network.Compute(Input(crop), clinical, volume);
        return new LesionClassification
        {
            Decision = LesionDecision.Undetermined,
            Reason = UndeterminedReason.None,
            ReasonText = "",
            ProgressionProbability = Pack.Manifest.Calibration.Probability(logit.cpu().item<float>()),
            Clinical = Pack.Manifest.Fusion is { } fusion ? ClinicalValues.Of(fusion, clinical, volume) : [],
            Distance = _distance.Of(embedding.cpu().contiguous().data<float>().ToArray()),
            LargestDistance = Pack.Manifest.Novelty.LargestDistance,
            LastLayerAttention = AttentionMaps.LastLayer(attention, crop.Grid),
            AttentionRollout = AttentionMaps.Rollout(attention, crop.Grid),
        };
    }

    private LesionClassification Decide(LesionCrop crop, LesionClassification computed)
    {
        if (NeverMissing(computed) is { Count: > 0 } needed)
        {
            return Undecided(
                computed, UndeterminedReason.ClinicalDataMissing,
                $"No lesion that the model was trained on lacked {string.Join(" or ", needed)}; without, it does not apply.");
        }

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

    /// <summary>The missing variables whose absence the model never saw.</summary>
    private IReadOnlyList<string> NeverMissing(LesionClassification computed) => Pack.Manifest.Fusion is { HiddenShare: 0 } fusion
        ? [.. computed.Clinical.Zip(fusion.Variables).Where(v => v.First.Value is null && v.Second.Missing == 0).Select(v => v.First.Name)]
        : [];

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
