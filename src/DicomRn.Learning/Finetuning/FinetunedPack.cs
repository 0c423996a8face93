using System.Globalization;
using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Evaluation;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Model;
using DicomRn.Learning.Packs;
using DicomRn.Learning.Preprocessing;
using DicomRn.Learning.Statistics;
using DicomRn.Learning.Weights;

namespace DicomRn.Learning.Finetuning;

/// <summary>Writes the model of all development cases as a pack, from what its run has stored.</summary>
/// <param name="configuration">The run.</param>
/// <param name="settings">The pack.</param>
/// <param name="sizes">Of the transformer, with two channels.</param>
/// <param name="crop">How images became sub-volumes.</param>
/// <param name="training">The training of the run.</param>
internal sealed class FinetunedPack(
    FinetuningConfiguration configuration, PackSettings settings, VitConfiguration sizes, PreprocessingSettings crop, NetworkTraining training)
{
    private const string EncoderPrefix = "encoder.";
    private const string HeadPrefix = "classification_head.";

    private bool Fuses => configuration.Fusion != ClinicalFusionKind.None;

    /// <summary>Writes the pack.</summary>
    /// <param name="cases">All cases.</param>
    /// <param name="logits">Out-of-fold logits with their distances, and those of the tests.</param>
    /// <param name="result">What the run concluded of them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidDataException">The calibration allows no pack, or the folder of the pack holds something else.</exception>
    public ModelPack Write(LesionCases cases, IReadOnlyList<FoldLogit> logits, FinetuningResult result, CancellationToken cancellationToken)
    {
        int[] development = cases.Of(CohortSplit.Development);
        string stored = Path.Combine(configuration.Run, CrossValidation.ModelFolder, TrainedNetwork.WeightsName), folder = Path.Combine(settings.Folder, settings.Name);
        RequirePackFolder(folder);
        ModelManifest manifest = Manifest(cases, development, logits, result);
        IReadOnlyDictionary<string, StoredTensor> weights = SafeTensors.Read(stored);
        using TrainedNetwork network = training.Restore(cases, development, weights);
        EmbeddingDistance distance = EmbeddingDistance.Fit(network.Embeddings(cases, development, cancellationToken));
        return ModelPack.Write(folder, manifest, Renamed(weights), distance, FinetunedModelCard.Of(manifest, configuration, development.Length));
    }

    private ModelManifest Manifest(LesionCases cases, int[] development, IReadOnlyList<FoldLogit> logits, FinetuningResult result)
    {
        IEnumerable<double> distances = logits.Where(l => l.Fold >= 0).Select(l => l.Distance ?? throw new InvalidOperationException("A fold has no distances."));
        return new ModelManifest
        {
            SchemaVersion = ModelManifest.CurrentSchemaVersion,
            Name = settings.Name,
            Version = settings.Version,
            IntendedUse = settings.IntendedUse,
            TrainedOnPhantoms = settings.TrainedOnPhantoms,
            TrainingData = settings.TrainingData,
            Architecture = "vit3d",
            Configuration = sizes with { HeadOutputs = Fuses ? 0 : 1 },
            Pooling = configuration.Training.Pooling,
            Fusion = training.Encoding(cases, development)?.Describe(configuration.Fusion, configuration.Training.HiddenClinicalShare),
            Preprocessing = crop,
            Calibration = CalibrationOf(result.Calibration, development.Count(n => cases.Progression[n]) / (double)development.Length),
            Decision = result.Decision,
            Novelty = NoveltyRule.Of(distances, development.Length),
            Measured = [.. Measure(cases, result)],
            Files = [],
        };
    }

    /// <exception cref="InvalidDataException">Higher logits do not mean more progression.</exception>
    private Calibration CalibrationOf(LogitCalibration fitted, double prevalence) => fitted.Slope > 0
        ? new Calibration(1 / fitted.Slope, prevalence, fitted.Cases, fitted.Intercept)
        : throw new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture,
            $"{configuration.Run}: the calibration has the slope {fitted.Slope:G3}: out of fold, higher logits do not mean more progression. No pack is written of such a model."));

    /// <summary>The areas of the tests by this model, then those of the folds' models, each beside the volume's.</summary>
    private static IEnumerable<MeasuredFigure> Measure(LesionCases cases, FinetuningResult result)
    {
        IReadOnlyList<EvaluatedModel> evaluated = EvaluatedModel.Of(PredictionFile.Read(result.Predictions));
        foreach (CohortSplit set in new[] { CohortSplit.HeldOut, CohortSplit.External, CohortSplit.Development })
        {
            int[] chosen = cases.Of(set);
            bool[] positive = [.. chosen.Select(n => cases.Progression[n])];
            if (positive.Count(p => p) < 2 || positive.Count(p => !p) < 2 || evaluated.FirstOrDefault(m => m.Set == PredictedSets.Of(set)) is not { } model)
                continue;
            string centres = string.Join(", ", chosen.Select(n => cases.Entries[n].Centre).Distinct().Order(StringComparer.Ordinal));
            string cohort = $"{SetName.Of(PredictedSets.Of(set))} cases, {centres}";
            yield return MeasuredFigure.Of(cohort, set == CohortSplit.Development ? "models of the folds" : MeasuredFigure.Model, RocAuc.DeLong(model.Logits, model.Positive));
            yield return MeasuredFigure.Of(cohort, MeasuredFigure.VolumeControl, RocAuc.DeLong([.. chosen.Select(n => cases.VolumesMm3[n])], positive));
        }
    }

    /// <summary>The transformer under MONAI's names, without the head that a fusion leaves untrained; the fusion as it is.</summary>
    private Dictionary<string, StoredTensor> Renamed(IReadOnlyDictionary<string, StoredTensor> weights)
    {
        Dictionary<string, StoredTensor> renamed = [];
        foreach ((string name, StoredTensor tensor) in weights)
        {
            string own = name.StartsWith(EncoderPrefix, StringComparison.Ordinal) ? name[EncoderPrefix.Length..] : name;
            if (!Fuses || !own.StartsWith(HeadPrefix, StringComparison.Ordinal))
                renamed[own] = tensor;
        }

        return renamed;
    }

    /// <exception cref="InvalidDataException">The folder holds what is no part of a pack.</exception>
    private static void RequirePackFolder(string folder)
    {
        string[] own = [ModelPack.ManifestName, ModelPack.WeightsName, ModelPack.EmbeddingName, ModelPack.CardName];
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).FirstOrDefault(e => !own.Contains(Path.GetFileName(e))) is { } other)
            throw new InvalidDataException($"{folder} cannot become a model pack: it holds {Path.GetFileName(other)}.");
    }
}
