using System.Text.Json.Serialization;
using DicomRn.Learning.Evaluation;
using DicomRn.Learning.Packs;
using DicomRn.Learning.Statistics;

namespace DicomRn.Learning.Finetuning;

/// <summary>What came of a fine-tuning.</summary>
/// <param name="Predictions">The CSV file of all predictions.</param>
/// <param name="Calibration">From logits to probabilities, of the out-of-fold logits.</param>
/// <param name="Decision">From probabilities to decisions, of the out-of-fold probabilities.</param>
/// <param name="Areas">The area under the ROC curve in each set that has both classes: development out-of-fold (mean logit over the repeats).</param>
public sealed record FinetuningResult(
    string Predictions, LogitCalibration Calibration, DecisionRule Decision, IReadOnlyDictionary<PredictedSet, RocAuc> Areas)
{
    /// <summary>Folder of the model pack; null where none was asked for.</summary>
    [JsonIgnore]
    public string? Pack { get; init; }
}
