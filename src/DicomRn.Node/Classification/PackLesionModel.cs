using System.Globalization;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Packs;
using Decision = DicomRn.Learning.Inference.LesionDecision;
using LesionClass = DicomRn.Node.Pipeline.LesionClass;

namespace DicomRn.Node.Classification;

/// <summary>A model pack as <see cref="ILesionModel"/>.</summary>
/// <param name="classifier">The loaded pack.</param>
/// <param name="thread">Where it runs.</param>
internal sealed class PackLesionModel(LesionClassifier classifier, ModelThread thread) : ILesionModel
{
    /// <inheritdoc/>
    public ModelIdentity Identity { get; } = Identify(classifier.Pack);

    /// <inheritdoc/>
    public Task<LesionPrediction> PredictAsync(
        Volume<float> image, Volume<byte> mask, CohortClinicalData clinical, CancellationToken cancellationToken) =>
        thread.RunAsync(() => Translate(classifier.Classify(image, mask, clinical, cancellationToken)), cancellationToken);

    private static LesionPrediction Translate(LesionClassification answer)
    {
        LesionClass lesionClass = (answer.Decision, answer.Reason) switch
        {
            (Decision.RadiationNecrosis, _) => LesionClass.RadiationNecrosis,
            (Decision.Progression, _) => LesionClass.TumourProgression,
            (_, UndeterminedReason.TooUncertain) => LesionClass.Undetermined,
            _ => LesionClass.NotClassified,
        };
        return new LesionPrediction
        {
            Class = lesionClass,
            Probability = answer.RadiationNecrosisProbability,
            Remark = answer.ReasonText.Length > 0 ? answer.ReasonText : null,
            Clinical = answer.Clinical.Count > 0 ? answer.Clinical : null,
            Attention = lesionClass == LesionClass.NotClassified ? null : answer.LastLayerAttention,
            Rollout = lesionClass == LesionClass.NotClassified ? null : answer.AttentionRollout,
        };
    }

    private static ModelIdentity Identify(ModelPack pack)
    {
        ModelManifest m = pack.Manifest;
        string novelty = m.Novelty.Cases == 0
            ? "whether lesions are unlike the training cases is not judged."
            : "lesions unlike the training cases are not classified.";
        string rule = string.Create(
            CultureInfo.InvariantCulture,
            $"The pack decides by conformal sets at an error rate of {m.Decision.ErrorRate * 100:0.#} % per class, fitted on {m.Decision.RadiationNecrosisCases} cases of necrosis and {m.Decision.ProgressionCases} of progression; {novelty}");
        if (m.Fusion is { } fusion)
            rule += $" Beside the image it takes clinical variables ({string.Join(", ", fusion.Groups.Select(g => g.ToString().ToLowerInvariant()))}); a missing value is a state of its own.";
        return new ModelIdentity(m.Name, m.Version, pack.Fingerprint, m.TrainingData, m.TrainedOnPhantoms, rule);
    }
}
