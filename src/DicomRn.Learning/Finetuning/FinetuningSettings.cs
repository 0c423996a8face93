using DicomRn.Learning.Model;
using DicomRn.Learning.Training;

namespace DicomRn.Learning.Finetuning;

/// <summary>How a classifier is trained and validated.</summary>
public sealed record FinetuningSettings
{
    /// <summary>How much of the encoder is trained.</summary>
    public TrainedPart Trained { get; init; } = TrainedPart.Full;

    /// <summary>Blocks trained where only the last ones are.</summary>
    public int TrainedBlocks { get; init; } = 2;

    /// <summary>Factor on the learning rate per layer below the head (layer-wise decay); 1 for the same everywhere.</summary>
    public double LayerDecay { get; init; } = 0.75;

    /// <summary>How the mask channel begins.</summary>
    public MaskKernel MaskKernel { get; init; } = MaskKernel.Zero;

    /// <summary>What stands for the image.</summary>
    public TokenPooling Pooling { get; init; } = TokenPooling.ClassToken;

    /// <summary>Whether both classes weigh the same, however many cases they have.</summary>
    public bool ClassWeights { get; init; } = true;

    /// <summary>How sub-volumes are changed.</summary>
    public ViewSettings Views { get; init; } = new() { LargestTiltDegrees = 10, LargestZoom = 0.1, LargestShift = 0.04, LargestNoise = 0.2 };

    /// <summary>
    /// Share of the clinical values that are hidden from the transformer in training, drawn anew each time a case is seen, so that it learns to
    /// do without any of them; 0 hides none. The volume is never hidden: a mask always has one.
    /// </summary>
    public double HiddenClinicalShare { get; init; } = 0.2;

    /// <summary>Decides initial weights, order, views and folds.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Folds of the cross-validation, by patient; 2 or more.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>How often the cross-validation is done, with other folds each time.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>
    /// Whether each centre is predicted, too, by the whole procedure on the labelled cases of all the others (leave-centre-out), in addition to the
    /// tests; that takes as many cross-validations as there are centres. May be added to a run that is done.
    /// </summary>
    public bool LeaveCentreOut { get; init; }

    /// <summary>How often every case is seen.</summary>
    public int Epochs { get; init; } = 40;

    /// <summary>Cases per update.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Largest learning rate, reached after the warm-up, then falling to 0 along a cosine.</summary>
    public double LearningRate { get; init; } = 5e-4;

    /// <summary>Share of all updates over which the learning rate rises.</summary>
    public double WarmupShare { get; init; } = 0.1;

    /// <summary>Decoupled weight decay.</summary>
    public double WeightDecay { get; init; } = 0.05;

    /// <summary>Gradients are scaled down to this norm.</summary>
    public double LargestGradientNorm { get; init; } = 1;

    /// <summary>Weight of the squares of the coefficients in logistic regression (volume, clinical).</summary>
    public double Ridge { get; init; } = 0.01;

    /// <summary>From logits to probabilities.</summary>
    public CalibrationKind Calibration { get; init; } = CalibrationKind.Temperature;

    /// <summary>Largest share of each class that may be decided wrongly; the rest is left undecided (class-conditional conformal sets).</summary>
    public double ErrorRate { get; init; } = 0.1;

    /// <summary>Precision of activations and products of the transformer.</summary>
    public TrainingPrecision Precision { get; init; } = TrainingPrecision.Float32;

    /// <summary>Threads that make batches; changes nothing but the speed.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>What is wrong with the settings, each with the setting's name.</summary>
    public IEnumerable<string> Faults()
    {
        (bool Holds, string Fault)[] rules =
        [
            (TrainedBlocks >= 1, "TrainedBlocks: 1 or more"),
            (LayerDecay is > 0 and <= 1, "LayerDecay: above 0, at most 1"),
            (HiddenClinicalShare is >= 0 and < 1, "HiddenClinicalShare: 0 to below 1"),
            (Folds >= 2, "Folds: 2 or more"),
            (Repeats is >= 1 and <= 1000, "Repeats: 1 to 1000"),
            (Epochs >= 1, "Epochs: 1 or more"),
            (BatchSize >= 1, "BatchSize: 1 or more"),
            (LearningRate is > 0 and < 1, "LearningRate: above 0, below 1"),
            (WarmupShare is >= 0 and <= 1, "WarmupShare: 0 to 1"),
            (WeightDecay is >= 0 and < 1, "WeightDecay: 0 to below 1"),
            (LargestGradientNorm > 0, "LargestGradientNorm: above 0"),
            (Ridge > 0, "Ridge: above 0"),
            (ErrorRate is > 0 and < 0.5, "ErrorRate: above 0, below 0.5"),
            (Workers is >= 1 and <= 256, "Workers: 1 to 256"),
        ];
        return [.. rules.Where(r => !r.Holds).Select(r => r.Fault), .. Views.Faults().Select(f => $"Views.{f}")];
    }
}
