using DicomRn.Learning.Inference;
using DicomRn.Learning.Packs;

namespace DicomRn.Learning.Importing;

/// <summary>From logits to decisions, and what was measured.</summary>
/// <param name="Calibration">From logits to probabilities.</param>
/// <param name="Decision">From probabilities to decisions.</param>
/// <param name="Novelty">When a lesion is unlike the cohort's.</param>
/// <param name="Distance">To the cohort's development cases.</param>
/// <param name="Measured">On the cohort's other cases.</param>
internal sealed record PackCalibration(
    Calibration Calibration, DecisionRule Decision, NoveltyRule Novelty, EmbeddingDistance Distance, IReadOnlyList<MeasuredFigure> Measured)
{
    /// <summary>Nothing is known: no probability decides a class, and no lesion can be told to be unlike others.</summary>
    public static PackCalibration None(PackImportOptions options, int hiddenSize) => new(
        new Calibration(options.Temperature, 0.5, 0),
        new DecisionRule(-1, 2, options.ErrorRate, 0, 0),
        new NoveltyRule(0, 1, 0),
        EmbeddingDistance.Unknown(hiddenSize),
        []);
}
