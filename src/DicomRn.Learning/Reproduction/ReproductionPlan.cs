using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Model;
using DicomRn.Learning.Pretraining;
using DicomRn.Learning.Torch;
using DicomRn.Learning.Training;

namespace DicomRn.Learning.Reproduction;

/// <summary>All that decides what a reproduction finds; it is written into its folder, and what is begun there is carried on by it.</summary>
public sealed record ReproductionPlan
{
    /// <summary>Decides the phantoms and all that is random in training and evaluation.</summary>
    public required int Seed { get; init; }

    /// <summary>Small numbers and a tiny model, for a trial in minutes: the figures mean nothing.</summary>
    public bool Quick { get; init; }

    /// <summary>The phantoms.</summary>
    public required PhantomCohortOptions Cohort { get; init; }

    /// <summary>The transformer, pre-trained or from scratch.</summary>
    public required VitConfiguration Model { get; init; }

    /// <summary>Pre-training.</summary>
    public required PretrainingSettings Pretraining { get; init; }

    /// <summary>Training on labels, the same for all models but what their kind demands.</summary>
    public required FinetuningSettings Finetuning { get; init; }

    /// <summary>Draws of the bootstrap by patient.</summary>
    public int BootstrapDraws { get; init; } = 2000;

    /// <summary>What this processor is fastest in.</summary>
    private static TrainingPrecision Precision => ProcessorBFloat16.IsFast ? TrainingPrecision.BFloat16 : TrainingPrecision.Float32;

    /// <summary>The paper's sizes with a transformer that two cores pre-train in hours, or the trial.</summary>
    public static ReproductionPlan Of(int seed, bool quick) => quick ? Trial(seed) : Full(seed);

    private static ReproductionPlan Full(int seed) => new()
    {
        Seed = seed,
        Cohort = new PhantomCohortOptions { Seed = seed },
        Model = VitConfiguration.Small,
        // Lesions lie near the centre, and the tokens of their patches are what fine-tuning reads.
        Pretraining = new PretrainingSettings
        {
            Seed = seed,
            Objective = PretrainingObjective.FeatureContrast,
            Pooling = TokenPooling.Centre,
            DroppedShare = 0.75,
            SeenPatches = PatchDraw.TowardsCentre,
            // A tenth of the default: with the features of an earlier version six epochs told as much as twelve did with it.
            ContrastWeight = 0.01,
            Epochs = 16,
            // Each image has many patches to learn from: more updates tell the features better than larger batches do.
            BatchSize = 16,
            LearningRate = 7e-4,
            Precision = Precision,
        },
        Finetuning = new FinetuningSettings { Seed = seed, Pooling = TokenPooling.Lesion, Folds = 5, Epochs = 40, BatchSize = 16, Precision = Precision },
    };

    private static ReproductionPlan Trial(int seed) => new()
    {
        Seed = seed,
        Quick = true,
        Cohort = new PhantomCohortOptions { Seed = seed, Unlabelled = 96, Labelled = 60, External = 20, TimePoints = 2 },
        Model = VitConfiguration.Small with { PatchSize = 16, HiddenSize = 48, MlpSize = 96, Layers = 2 },
        Pretraining = new PretrainingSettings { Seed = seed, Epochs = 2, BatchSize = 8, ValidationShare = 0.2, CheckpointEvery = 10, ReportEvery = 10 },
        Finetuning = new FinetuningSettings { Seed = seed, Folds = 2, Epochs = 3, BatchSize = 8, Views = new ViewSettings() },
        BootstrapDraws = 200,
    };
}
