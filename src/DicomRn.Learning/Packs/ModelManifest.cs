using System.Globalization;
using DicomRn.Learning.Model;
using DicomRn.Learning.Preprocessing;
using DicomRn.Learning.Statistics;

namespace DicomRn.Learning.Packs;

/// <summary>What a model pack says of itself: <c>manifest.json</c>.</summary>
public sealed record ModelManifest
{
    /// <summary>The version of this layout that the program reads.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>Version of the manifest's layout.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>The pack's name: that of its folder.</summary>
    public required string Name { get; init; }

    /// <summary>The model's version.</summary>
    public required string Version { get; init; }

    /// <summary>What it is for and what not, for a reader of a report.</summary>
    public required string IntendedUse { get; init; }

    /// <summary>Whether it was trained on synthetic phantoms, so that every result must say so.</summary>
    public required bool TrainedOnPhantoms { get; init; }

    /// <summary>What it was trained on, in a sentence.</summary>
    public required string TrainingData { get; init; }

    /// <summary>The architecture's name: <c>vit3d</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>The architecture's sizes.</summary>
    public required VitConfiguration Configuration { get; init; }

    /// <summary>What stands for the image: what the head, the fusion and the distance to the training cases look at.</summary>
    public TokenPooling Pooling { get; init; } = TokenPooling.ClassToken;

    /// <summary>How clinical variables come in; null where the image alone decides.</summary>
    public FusionDescription? Fusion { get; init; }

    /// <summary>How images become input.</summary>
    public required PreprocessingSettings Preprocessing { get; init; }

    /// <summary>From logits to probabilities.</summary>
    public required Calibration Calibration { get; init; }

    /// <summary>From probabilities to decisions.</summary>
    public required DecisionRule Decision { get; init; }

    /// <summary>When a lesion is unlike those of the training.</summary>
    public required NoveltyRule Novelty { get; init; }

    /// <summary>Figures measured on cases unseen in training.</summary>
    public required IReadOnlyList<MeasuredFigure> Measured { get; init; }

    /// <summary>The other files of the pack.</summary>
    public required IReadOnlyList<PackFile> Files { get; init; }
}

/// <summary>From logits to probabilities: sigmoid(logit / temperature + intercept) (Guo et al. 2017, Platt 1999).</summary>
/// <param name="Temperature">Above 0.</param>
/// <param name="ProgressionPrevalence">The share of progression for which probabilities hold.</param>
/// <param name="Cases">Number of cases it was fitted on.</param>
/// <param name="Intercept">The log odds of progression where the logit is 0.</param>
public sealed record Calibration(double Temperature, double ProgressionPrevalence, int Cases, double Intercept = 0)
{
    /// <summary>The calibrated probability of progression.</summary>
    public double Probability(double logit) => 1 / (1 + Math.Exp(-((logit / Temperature) + Intercept)));
}

/// <summary>
/// Class-conditional conformal sets: a class is excluded when fewer than <paramref name="ErrorRate"/> of its calibration cases
/// were as unlike it; the decision is the class that is left, and undetermined when both or none are.
/// </summary>
/// <param name="RadiationNecrosisAtMost">Necrosis may be decided at probabilities of progression up to this: here progression is excluded.</param>
/// <param name="ProgressionAtLeast">Progression may be decided from this on: here necrosis is excluded.</param>
/// <param name="ErrorRate">Share of each class that is wrongly excluded.</param>
/// <param name="RadiationNecrosisCases">Calibration cases of necrosis.</param>
/// <param name="ProgressionCases">Calibration cases of progression.</param>
public sealed record DecisionRule(
    double RadiationNecrosisAtMost, double ProgressionAtLeast, double ErrorRate, int RadiationNecrosisCases, int ProgressionCases);

/// <summary>
/// Mahalanobis distance of the pooled tokens to those of the training cases (mean and precision in
/// <c>embedding.safetensors</c>), judged against cases not trained on.
/// </summary>
/// <param name="LargestDistance">A lesion further away is out of distribution.</param>
/// <param name="Quantile">Share of the unseen cases within that distance.</param>
/// <param name="Cases">Number of those cases.</param>
public sealed record NoveltyRule(double LargestDistance, double Quantile, int Cases)
{
    private const double Limit = 0.99;

    /// <summary>The distance that 99 % of unseen lesions have at most.</summary>
    /// <param name="distances">Of lesions that were not trained on, one or more, in any order.</param>
    /// <param name="cases">How many lesions these are.</param>
    internal static NoveltyRule Of(IEnumerable<double> distances, int cases)
    {
        double[] sorted = [.. distances.Order()];
        return new NoveltyRule(sorted[(int)Math.Ceiling(Limit * sorted.Length) - 1], Limit, cases);
    }
}

/// <summary>An AUC measured on unseen cases.</summary>
/// <param name="Cohort">Which cases.</param>
/// <param name="Score">What was scored: the model, or a control.</param>
/// <param name="Auc">Area under the ROC curve.</param>
/// <param name="Low">Lower end of DeLong's 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="RadiationNecrosisCases">Cases of necrosis.</param>
/// <param name="ProgressionCases">Cases of progression.</param>
public sealed record MeasuredFigure(
    string Cohort, string Score, double Auc, double Low, double High, int RadiationNecrosisCases, int ProgressionCases)
{
    /// <summary>The score of the model itself.</summary>
    internal const string Model = "model";

    /// <summary>The score that a figure of a model is to be read beside.</summary>
    internal const string VolumeControl = "lesion volume alone (control)";

    /// <summary>A row of the table of a model card.</summary>
    internal string CardRow => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Cohort} | {Score} | {Auc:F3} | {Low:F3} to {High:F3} | {RadiationNecrosisCases} / {ProgressionCases} |");

    /// <summary>The figure of an area with progression as the positive class.</summary>
    internal static MeasuredFigure Of(string cohort, string score, RocAuc auc) =>
        new(cohort, score, auc.Auc, auc.Low, auc.High, auc.Negatives, auc.Positives);
}

/// <summary>A file of a pack.</summary>
/// <param name="Name">Name in the pack's folder.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="Length">Bytes.</param>
public sealed record PackFile(string Name, string Sha256, long Length);
