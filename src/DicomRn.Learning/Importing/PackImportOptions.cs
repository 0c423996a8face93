using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Preprocessing;

namespace DicomRn.Learning.Importing;

/// <summary>What a pack has to say of an imported model.</summary>
public sealed record PackImportOptions
{
    /// <summary>The pack's folder, new or empty; its name is the pack's.</summary>
    public required string Folder { get; init; }

    /// <summary>What it was trained on, in a sentence.</summary>
    public required string TrainingData { get; init; }

    /// <summary>What it is for and what not.</summary>
    public string IntendedUse { get; init; } = "Research on a model that was trained elsewhere; not for clinical use.";

    /// <summary>The model's version.</summary>
    public string Version { get; init; } = "1.0.0";

    /// <summary>Whether it was trained on synthetic phantoms.</summary>
    public bool TrainedOnPhantoms { get; init; }

    /// <summary>How images become input; the crop is as large as the model's input.</summary>
    public required PreprocessingSettings Preprocessing { get; init; }

    /// <summary>Temperature of the probabilities; above 0. A cohort sets its own.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>
    /// The cohort whose development cases set temperature, thresholds and novelty, and whose other cases measure the model; null for none: then
    /// the pack gives probabilities and decides nothing.
    /// </summary>
    public Cohort? Cohort { get; init; }

    /// <summary>Largest share of each class that may be decided wrongly.</summary>
    public double ErrorRate { get; init; } = 0.1;
}
