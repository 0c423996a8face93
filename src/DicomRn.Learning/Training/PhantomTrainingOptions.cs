namespace DicomRn.Learning.Training;

/// <summary>A training run on phantoms and the pack it makes.</summary>
public sealed record PhantomTrainingOptions
{
    /// <summary>The first seed of the training patients; those of the other sets follow at distances of a million.</summary>
    public const int FirstTrainingSeed = 1_000_000;

    /// <summary>The first seed of the validation patients.</summary>
    public const int FirstValidationSeed = 2_000_000;

    /// <summary>The first seed of the test patients of the first centre.</summary>
    public const int FirstTestSeed = 3_000_000;

    /// <summary>The first seed of the test patients of the second centre.</summary>
    public const int SecondTestSeed = 4_000_000;

    /// <summary>Patients with one lesion each, of both centres in turn.</summary>
    public int TrainingPatients { get; init; } = 6000;

    /// <summary>Patients for the choice of the epoch, calibration, thresholds and novelty, of both centres in turn.</summary>
    public int ValidationPatients { get; init; } = 400;

    /// <summary>Patients of each centre for the final figures.</summary>
    public int TestPatientsPerCentre { get; init; } = 300;

    /// <summary>The model's sizes.</summary>
    public Model.VitConfiguration Configuration { get; init; } = Model.VitConfiguration.Small;

    /// <summary>How images become input.</summary>
    public Preprocessing.PreprocessingSettings Preprocessing { get; init; } = new();

    /// <summary>How it is trained.</summary>
    public TrainingSettings Training { get; init; } = new() { Epochs = 10, OuterPatchDropRate = 0.75, PatchTargetWeight = 1 };

    /// <summary>Largest share of each class that may be decided wrongly.</summary>
    public double ErrorRate { get; init; } = 0.1;

    /// <summary>The pack's name.</summary>
    public string PackName { get; init; } = "phantom-vit-small";

    /// <summary>The model's version.</summary>
    public string PackVersion { get; init; } = "0.1.0";

    /// <summary>Checkpoints and metrics; an interrupted run with the same options carries on from here.</summary>
    public required string RunFolder { get; init; }

    /// <summary>Where the pack goes: a folder of its name below this one.</summary>
    public required string ModelsFolder { get; init; }

    /// <summary>CPU threads; 0 for one per core.</summary>
    public int Threads { get; init; }
}
