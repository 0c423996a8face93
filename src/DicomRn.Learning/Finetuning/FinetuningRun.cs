using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Configuration;
using DicomRn.Learning.Evaluation;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Model;
using DicomRn.Learning.Preprocessing;
using DicomRn.Learning.Pretraining;
using DicomRn.Learning.Radiomics;
using DicomRn.Learning.Statistics;
using DicomRn.Learning.Torch;
using DicomRn.Learning.Training;
using static TorchSharp.torch;

namespace DicomRn.Learning.Finetuning;

/// <summary>Trains a classifier on a cohort's development cases, calibrates it on out-of-fold logits and predicts the tests.</summary>
public static class FinetuningRun
{
    /// <summary>The predictions' file below the folder of the run.</summary>
    public const string PredictionsName = "predictions.csv";

    private const string SettingsName = "settings.json";

    /// <summary>Runs, or carries on, a fine-tuning.</summary>
    /// <exception cref="CohortException">The cohort cannot be read.</exception>
    /// <exception cref="ConfigurationException">The encoder cannot be read.</exception>
    /// <exception cref="InvalidDataException">The folder holds a run with other settings, there are too few cases, or the calibration allows no
    /// pack.</exception>
    /// <exception cref="TorchUnavailableException">CUDA is asked for and not there.</exception>
    public static async Task<FinetuningResult> RunAsync(
        FinetuningConfiguration configuration,
        TimeProvider time,
        IProgress<double>? preparing,
        IProgress<FinetuningProgress>? training,
        CancellationToken cancellationToken)
    {
        RunFolder.KeepSettings(configuration.Run, SettingsName, configuration with
        {
            Run = "",
            Pack = null,
            Device = ComputeDevice.Auto,
            Threads = 0,
            Training = configuration.Training with { Workers = 1, LeaveCentreOut = false },
        });
        HeapReuse.Begin();
        TorchRuntime.SetThreads(configuration.Threads);
        Device device = TorchDevice.Choose(configuration.Device);
        PretrainedEncoder? encoder = configuration.Encoder is null ? null : PretrainedEncoder.Read(configuration.Encoder);
        VitConfiguration sizes = encoder is null ? configuration.Model ?? VitConfiguration.Small : Sizes(encoder.Configuration, configuration.Training.Pooling);
        PreprocessingSettings crop = encoder?.Preprocessing ?? configuration.Preprocessing ?? new PreprocessingSettings { CropVoxels = sizes.ImageSize };
        Cohort cohort = Cohort.Read(configuration.Cohort);
        CohortEntry[] entries =
            [.. cohort.Cases(CohortSplit.Development), .. cohort.Cases(CohortSplit.HeldOut), .. cohort.Cases(CohortSplit.External)];
        using CohortCrops crops = await CohortCrops.PrepareAsync(entries, crop, configuration.Run, preparing, cancellationToken);
        RunFolder.KeepData(configuration.Run, crops, configuration.Encoder is null ? null : Path.Combine(configuration.Encoder, PretrainedEncoder.WeightsName));
        LesionCases cases = new(crops, entries, Math.Pow(crop.SpacingMm, 3));
        try
        {
            IClassifierTraining recipe = configuration.Classifier switch
            {
                ClassifierKind.Volume => new VariableTraining([ClinicalGroup.Volume], configuration.Training),
                ClassifierKind.Clinical => new VariableTraining(configuration.ClinicalGroups, configuration.Training),
                ClassifierKind.Radiomics => new RadiomicsTraining(
                    RadiomicsTable.Compute(crops, crop.SpacingMm, configuration.Radiomics.Extraction(), Path.Combine(configuration.Run, "features.csv"), preparing, cancellationToken),
                    configuration.Radiomics,
                    configuration.Training),
                _ => new NetworkTraining(configuration, sizes, encoder?.Weights, device),
            };
            FinetuningSettings settings = configuration.Training;
            string[] centres = settings.LeaveCentreOut ? LeaveCentreOut.Centres(cases) : [];
            int own = (settings.Repeats * settings.Folds) + 1, perCentre = settings.Folds + 1, trainings = own + (centres.Length * perCentre);
            PartProgress? Part(int before, int count, string prefix) => training is null ? null : new PartProgress(training, before, count, trainings, prefix);
            IReadOnlyList<FoldLogit> logits = new CrossValidation(
                recipe, settings, configuration.Run, time, needsDistances: configuration.Pack is not null).Run(cases, Part(0, own, ""), cancellationToken);
            IReadOnlyList<Prediction> leftOut = settings.LeaveCentreOut
                ? new LeaveCentreOut(configuration, recipe, time).Run(
                    cases, (centre, number) => Part(own + (number * perCentre), perCentre, $"without {centre}, "), cancellationToken)
                : [];
            FinetuningResult result = Conclude(configuration, cases, logits, leftOut);
            return configuration.Pack is { } pack && recipe is NetworkTraining network
                ? result with { Pack = new FinetunedPack(configuration, pack, sizes, crop, network).Write(cases, logits, result, cancellationToken).Folder }
                : result;
        }
        catch (Exception e) when (e is ArgumentException or RadiomicsException)
        {
            throw new InvalidDataException($"{configuration.Cohort}: {e.Message}", e);
        }
    }

    /// <summary>What a person is to know of the encoder before the run begins, in lines of text.</summary>
    /// <exception cref="ConfigurationException">The encoder cannot be read.</exception>
    public static IReadOnlyList<string> Remarks(FinetuningConfiguration configuration)
    {
        if (configuration.Encoder is null || PretrainedEncoder.Describe(configuration.Encoder).Configuration.ClassToken)
            return [];
        return configuration.Training.Pooling switch
        {
            TokenPooling.AddedClassToken => [$"{configuration.Encoder} has no class token: one of zeros is added."],
            TokenPooling.ClassToken => [$"{configuration.Encoder} has no class token: the mean of the patch tokens stands for the image (training.pooling: addedClassToken adds one)."],
            _ => [],
        };
    }

    /// <summary>The sizes of an encoder with a mask channel, a head and, where it is asked for, a class token.</summary>
    private static VitConfiguration Sizes(VitConfiguration encoder, TokenPooling pooling) => encoder with
    {
        InChannels = 2,
        HeadOutputs = 1,
        ClassToken = encoder.ClassToken || pooling == TokenPooling.AddedClassToken,
    };

    /// <param name="configuration">The run.</param>
    /// <param name="cases">All cases.</param>
    /// <param name="logits">Out-of-fold logits and those of the tests.</param>
    /// <param name="leftOut">Predictions of centres that were left out, if there are any.</param>
    internal static FinetuningResult Conclude(
        FinetuningConfiguration configuration, LesionCases cases, IReadOnlyList<FoldLogit> logits, IReadOnlyList<Prediction>? leftOut = null)
    {
        CalibratedDecision decision = CalibratedDecision.Of(configuration.Training, cases, logits);
        Prediction[] predictions = [.. logits.Select(l => decision.Predict(configuration.Name, cases, l)), .. leftOut ?? []];
        string path = Path.Combine(configuration.Run, PredictionsName);
        PredictionFile.Write(path, predictions);
        FinetuningResult result = new(path, decision.Calibration, decision.Rule, Areas(predictions));
        File.WriteAllText(Path.Combine(configuration.Run, "result.json"), ConfigurationFile.Write(result with { Predictions = PredictionsName }));
        return result;
    }

    private static Dictionary<PredictedSet, RocAuc> Areas(IReadOnlyList<Prediction> predictions)
    {
        Dictionary<PredictedSet, RocAuc> areas = [];
        foreach (EvaluatedModel set in EvaluatedModel.Of(predictions))
        {
            int positives = set.Positive.Count(p => p);
            if (positives >= 2 && set.Cases.Count - positives >= 2)
                areas[set.Set] = RocAuc.DeLong(set.Logits, set.Positive);
        }

        return areas;
    }
}
