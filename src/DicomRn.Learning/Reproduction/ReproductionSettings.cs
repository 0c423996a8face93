using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Model;
using DicomRn.Learning.Pretraining;
using DicomRn.Learning.Training;

namespace DicomRn.Learning.Reproduction;

/// <summary>The paper's experiment on phantoms: sizes, models and schedules.</summary>
public sealed record ReproductionSettings
{
    /// <summary>Folder of cohort, runs, evaluation, table and report; an interrupted reproduction carries on from here.</summary>
    public required string Output { get; init; }

    /// <summary>Decides the phantoms and all that is random in training.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Small numbers and a tiny model, for a trial in minutes: the figures mean nothing.</summary>
    public bool Quick { get; init; }

    /// <summary>Where it computes.</summary>
    public ComputeDevice Device { get; init; }

    /// <summary>CPU threads; 0 for one per core.</summary>
    public int Threads { get; init; }

    internal PhantomCohortOptions Cohort => Quick
        ? new PhantomCohortOptions { Seed = Seed, Unlabelled = 96, Labelled = 60, External = 20, TimePoints = 2 }
        : new PhantomCohortOptions { Seed = Seed };

    internal VitConfiguration Model => Quick
        ? VitConfiguration.Small with { PatchSize = 16, HiddenSize = 48, MlpSize = 96, Layers = 2 }
        : VitConfiguration.Small;

    internal PretrainingSettings Pretraining => Quick
        ? new PretrainingSettings { Seed = Seed, Epochs = 2, BatchSize = 8, ValidationShare = 0.2, Workers = 2 }
        : new PretrainingSettings { Seed = Seed, Objective = PretrainingObjective.MaskedContrast, Epochs = 8, BatchSize = 32, Workers = 2 };

    internal FinetuningSettings Finetuning => Quick
        ? new FinetuningSettings { Seed = Seed, Folds = 2, Epochs = 3, BatchSize = 8, Views = new ViewSettings() }
        : new FinetuningSettings { Seed = Seed, Folds = 5, Epochs = 40, BatchSize = 16, Workers = 2 };
}
