using System.Text.Json;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Model;
using DicomRn.Learning.Packs;
using DicomRn.Learning.Phantoms;
using DicomRn.Learning.Preprocessing;
using DicomRn.Learning.Statistics;
using DicomRn.Learning.Torch;
using DicomRn.Learning.Weights;
using TorchSharp;

namespace DicomRn.Learning.Training;

/// <summary>Trains a model on phantoms, measures it on unseen ones and writes its pack.</summary>
public static class PhantomTraining
{
    private const int EmbeddingCases = 2000;

    private const string OptionsName = "options.json";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Runs, or carries on, a training and writes the pack.</summary>
    /// <returns>The pack.</returns>
    /// <exception cref="InvalidDataException">The run's folder holds a run with other options.</exception>
    public static ModelPack Run(
        PhantomTrainingOptions options, TimeProvider time, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        KeepOptions(options);
        HeapReuse.Begin();
        TorchRuntime.SetThreads(options.Threads);
        IReadOnlyList<LesionSample> training = Both(options, PhantomTrainingOptions.FirstTrainingSeed, options.TrainingPatients, cancellationToken);
        IReadOnlyList<LesionSample> validation = Both(options, PhantomTrainingOptions.FirstValidationSeed, options.ValidationPatients, cancellationToken);
        torch.manual_seed(options.Training.Seed);
        using VisionTransformer model = new(options.Configuration);
        new VitTrainer(options.Training, time).Train(model, training, validation, options.RunFolder, progress, cancellationToken);
        model.Import(SafeTensors.Read(Path.Combine(options.RunFolder, "best.safetensors")));
        List<(string Cohort, IReadOnlyList<LesionSample> Samples)> tests = [];
        foreach (PhantomCentre centre in new[] { PhantomCentre.First, PhantomCentre.Second })
            tests.Add((Cohort(centre), TestSamples(options, centre, cancellationToken)));
        return WritePack(options, model, training, validation, tests, cancellationToken);
    }

    internal static ModelPack WritePack(
        PhantomTrainingOptions options,
        VisionTransformer model,
        IReadOnlyList<LesionSample> training,
        IReadOnlyList<LesionSample> validation,
        IReadOnlyList<(string Cohort, IReadOnlyList<LesionSample> Samples)> tests,
        CancellationToken cancellationToken)
    {
        ModelScores known = ModelScores.Of(model, [.. training.Take(EmbeddingCases)], cancellationToken);
        ModelScores unseen = ModelScores.Of(model, validation, cancellationToken);
        bool[] labels = Labels(validation);
        Calibration calibration = ScoreCalibration.Fit(unseen.Logits, labels);
        double[] probabilities = [.. unseen.Logits.Select(z => 1 / (1 + Math.Exp(-z / calibration.Temperature)))];
        EmbeddingDistance distance = EmbeddingDistance.Fit(known.Embeddings);
        ModelManifest manifest = new()
        {
            SchemaVersion = ModelManifest.CurrentSchemaVersion,
            Name = options.PackName,
            Version = options.PackVersion,
            IntendedUse = "Demonstration and testing of the program. Trained on synthetic phantoms; not for clinical use.",
            TrainedOnPhantoms = true,
            TrainingData =
                $"{options.TrainingPatients} synthetic phantom patients of two made-up centres, seeds {PhantomTrainingOptions.FirstTrainingSeed} " +
                $"to {PhantomTrainingOptions.FirstTrainingSeed + options.TrainingPatients - 1}. No patient data.",
            Architecture = "vit3d",
            Configuration = options.Configuration,
            Preprocessing = options.Preprocessing,
            Calibration = calibration,
            Decision = ScoreCalibration.Decide(probabilities, labels, options.ErrorRate),
            Novelty = NoveltyRule.Of(unseen.Embeddings.Select(e => distance.Of(e)), validation.Count),
            Measured = [.. tests.SelectMany(t => Measure(model, t.Cohort, t.Samples, cancellationToken))],
            Files = [],
        };
        string folder = Path.Combine(options.ModelsFolder, options.PackName);
        return ModelPack.Write(folder, manifest, model.Export(), distance, ModelCard.Of(manifest, options));
    }

    /// <summary>A run carries on with the options that it began with, or not at all.</summary>
    internal static void KeepOptions(PhantomTrainingOptions options)
    {
        DecidingOptions wanted = new(options.TrainingPatients, options.ValidationPatients, options.Configuration, options.Preprocessing, options.Training);
        string path = Path.Combine(options.RunFolder, OptionsName);
        Directory.CreateDirectory(options.RunFolder);
        // Compared as options, not as text: one that the program did not have yet when the run began counts with its default.
        if (File.Exists(path) && JsonSerializer.Deserialize<DecidingOptions>(File.ReadAllText(path)) != wanted)
            throw new InvalidDataException($"{options.RunFolder} holds a training with other options ({OptionsName}); give another folder.");
        File.WriteAllText(path, JsonSerializer.Serialize(wanted, Indented));
    }

    private sealed record DecidingOptions(
        int TrainingPatients, int ValidationPatients, VitConfiguration Configuration, PreprocessingSettings Preprocessing, TrainingSettings Training);

    internal static string Cohort(PhantomCentre centre) => centre == PhantomCentre.First
        ? $"first centre, unseen phantoms from seed {PhantomTrainingOptions.FirstTestSeed}"
        : $"second centre, unseen phantoms from seed {PhantomTrainingOptions.SecondTestSeed}";

    private static IReadOnlyList<LesionSample> TestSamples(
        PhantomTrainingOptions options, PhantomCentre centre, CancellationToken cancellationToken) => PhantomSamples.MakeMany(
        centre == PhantomCentre.First ? PhantomTrainingOptions.FirstTestSeed : PhantomTrainingOptions.SecondTestSeed,
        options.TestPatientsPerCentre, _ => centre, options.Preprocessing, options.Configuration.PatchSize, cancellationToken);

    private static MeasuredFigure[] Measure(
        VisionTransformer model, string cohort, IReadOnlyList<LesionSample> test, CancellationToken cancellationToken)
    {
        bool[] labels = Labels(test);
        return
        [
            MeasuredFigure.Of(cohort, MeasuredFigure.Model, RocAuc.DeLong(ModelScores.Of(model, test, cancellationToken).Logits, labels)),
            MeasuredFigure.Of(cohort, MeasuredFigure.VolumeControl, RocAuc.DeLong([.. test.Select(s => s.VolumeMm3)], labels)),
        ];
    }

    private static IReadOnlyList<LesionSample> Both(
        PhantomTrainingOptions options, int firstSeed, int count, CancellationToken cancellationToken) => PhantomSamples.MakeMany(
        firstSeed, count, n => n % 2 == 0 ? PhantomCentre.First : PhantomCentre.Second, options.Preprocessing, options.Configuration.PatchSize, cancellationToken);

    private static bool[] Labels(IReadOnlyList<LesionSample> samples) => [.. samples.Select(s => s.Label == LesionClass.Progression)];
}
