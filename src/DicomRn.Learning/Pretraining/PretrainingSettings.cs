using DicomRn.Learning.Model;
using DicomRn.Learning.Training;

namespace DicomRn.Learning.Pretraining;

/// <summary>How an encoder is pre-trained.</summary>
public sealed record PretrainingSettings
{
    /// <summary>What it learns.</summary>
    public PretrainingObjective Objective { get; init; } = PretrainingObjective.RestorationContrast;

    /// <summary>
    /// Whether the second view shows another scan of the same lesion where there is one: serial scans are free positive pairs. Lesions of one
    /// batch that are the same are not pushed apart then.
    /// </summary>
    public bool SerialPairs { get; init; } = true;

    /// <summary>What NT-Xent compares.</summary>
    public TokenPooling Pooling { get; init; } = TokenPooling.ClassToken;

    /// <summary>Temperature of NT-Xent.</summary>
    public double Temperature { get; init; } = 0.1;

    /// <summary>Length of what NT-Xent compares.</summary>
    public int ProjectionSize { get; init; } = 128;

    /// <summary>Share of the patches that are hidden (masked objective).</summary>
    public double MaskedShare { get; init; } = 0.75;

    /// <summary>
    /// Share of the patches that the encoder is not given (contrast and feature contrast; Liu et al. 2022, PatchDropout): the time goes with those that it is given.
    /// 0 for none.
    /// </summary>
    public double DroppedShare { get; init; }

    /// <summary>How the patches that the encoder is given are drawn, where it is not given all.</summary>
    public PatchDraw SeenPatches { get; init; }

    /// <summary>Weight of NT-Xent beside the mean square of the hidden voxels (masked objective) or of the features (feature contrast).</summary>
    public double ContrastWeight { get; init; } = 0.1;

    /// <summary>Length of a token of the decoder (masked objective); a multiple of <see cref="DecoderHeads"/>.</summary>
    public int DecoderSize { get; init; } = 96;

    /// <summary>Blocks of the decoder (masked objective).</summary>
    public int DecoderLayers { get; init; } = 2;

    /// <summary>Heads of the decoder (masked objective).</summary>
    public int DecoderHeads { get; init; } = 3;

    /// <summary>How views differ from the sub-volume.</summary>
    public ViewSettings Views { get; init; } = new() { LargestZoom = 0.15, LargestShift = 0.06, LargestNoise = 0.3 };

    /// <summary>What is taken from a view (restoration).</summary>
    public CorruptionSettings Corruption { get; init; } = new();

    /// <summary>Decides initial weights, order, views and the patients held out.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How often every sub-volume is seen.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Sub-volumes per update, 2 or more; each is compared to the others of its batch.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Largest learning rate, reached after the warm-up, then falling to 0 along a cosine.</summary>
    public double LearningRate { get; init; } = 5e-4;

    /// <summary>Share of all updates over which the learning rate rises.</summary>
    public double WarmupShare { get; init; } = 0.05;

    /// <summary>Decoupled weight decay.</summary>
    public double WeightDecay { get; init; } = 0.05;

    /// <summary>Gradients are scaled down to this norm.</summary>
    public double LargestGradientNorm { get; init; } = 1;

    /// <summary>Updates between two reports.</summary>
    public int ReportEvery { get; init; } = 25;

    /// <summary>Updates between two checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 100;

    /// <summary>Share of the patients on whose sub-volumes the loss is only measured, after each epoch; 0 for none.</summary>
    public double ValidationShare { get; init; } = 0.05;

    /// <summary>Ends after so many epochs without a lower validation loss; 0 for never.</summary>
    public int StopAfterEpochs { get; init; }

    /// <summary>Precision of activations and products.</summary>
    public TrainingPrecision Precision { get; init; } = TrainingPrecision.Float32;

    /// <summary>Threads that make batches; changes nothing but the speed.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>What is wrong with the settings, each with the setting's name.</summary>
    public IEnumerable<string> Faults()
    {
        (bool Holds, string Fault)[] rules =
        [
            (Temperature is > 0 and <= 10, "Temperature: above 0, at most 10"),
            (ProjectionSize >= 1, "ProjectionSize: 1 or more"),
            (MaskedShare is > 0 and < 1, "MaskedShare: above 0, below 1"),
            (DroppedShare is >= 0 and < 1, "DroppedShare: 0 to below 1"),
            (DroppedShare == 0 || Objective is PretrainingObjective.Contrast or PretrainingObjective.FeatureContrast, "DroppedShare: 0 but with the objectives contrast and featureContrast"),
            (SeenPatches == PatchDraw.Even || DroppedShare > 0 || Objective == PretrainingObjective.MaskedContrast, "SeenPatches: only where patches are hidden or dropped"),
            (ContrastWeight >= 0, "ContrastWeight: 0 or more"),
            (DecoderSize >= 1 && DecoderHeads >= 1 && DecoderSize % Math.Max(1, DecoderHeads) == 0, "DecoderSize: a multiple of DecoderHeads"),
            (DecoderLayers >= 1, "DecoderLayers: 1 or more"),
            (Epochs >= 1, "Epochs: 1 or more"),
            (BatchSize >= 2, "BatchSize: 2 or more"),
            (LearningRate is > 0 and < 1, "LearningRate: above 0, below 1"),
            (WarmupShare is >= 0 and <= 1, "WarmupShare: 0 to 1"),
            (WeightDecay is >= 0 and < 1, "WeightDecay: 0 to below 1"),
            (LargestGradientNorm > 0, "LargestGradientNorm: above 0"),
            (ReportEvery >= 1, "ReportEvery: 1 or more"),
            (CheckpointEvery >= 1, "CheckpointEvery: 1 or more"),
            (ValidationShare is >= 0 and < 1, "ValidationShare: 0 to below 1"),
            (StopAfterEpochs >= 0, "StopAfterEpochs: 0 or more"),
            (StopAfterEpochs == 0 || ValidationShare > 0, "StopAfterEpochs: needs a ValidationShare above 0"),
            (Workers is >= 1 and <= 256, "Workers: 1 to 256"),
        ];
        return
        [
            .. rules.Where(r => !r.Holds).Select(r => r.Fault),
            .. Views.Faults().Select(f => $"Views.{f}"),
            .. Corruption.Faults().Select(f => $"Corruption.{f}"),
        ];
    }
}
