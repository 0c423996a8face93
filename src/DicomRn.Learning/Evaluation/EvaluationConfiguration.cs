using DicomRn.Learning.Configuration;

namespace DicomRn.Learning.Evaluation;

/// <summary>The configuration file of <c>evaluate</c>.</summary>
public sealed record EvaluationConfiguration
{
    /// <summary>Files of predictions, one or more models each; relative paths are relative to the file.</summary>
    public required IReadOnlyList<string> Predictions { get; init; }

    /// <summary>Folder of the results.</summary>
    public required string Output { get; init; }

    /// <summary>The cohort, for subgroups; null for none.</summary>
    public string? Cohort { get; init; }

    /// <summary>The model that the others are compared to; null for the first one.</summary>
    public string? Reference { get; init; }

    /// <summary>Title of the report.</summary>
    public string Title { get; init; } = "Radiation necrosis or progression: evaluation";

    /// <summary>Whether the cases are synthetic phantoms: every result says so then.</summary>
    public bool Phantoms { get; init; }

    /// <summary>Share of progression at which predictive values are given.</summary>
    public double Prevalence { get; init; } = 0.6;

    /// <summary>The specificity at which sensitivity is given.</summary>
    public double Specificity { get; init; } = 0.9;

    /// <summary>The sensitivity at which specificity is given.</summary>
    public double Sensitivity { get; init; } = 0.9;

    /// <summary>Bins of the reliability plot and of ECE.</summary>
    public int Bins { get; init; } = 5;

    /// <summary>Draws of the bootstrap by patient.</summary>
    public int BootstrapDraws { get; init; } = 2000;

    /// <summary>Of the bootstrap.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ConfigurationException">It is wrong; all errors are told.</exception>
    public static EvaluationConfiguration Read(string path)
    {
        EvaluationConfiguration read = ConfigurationFile.Read<EvaluationConfiguration>(path, c => c.Faults());
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return read with
        {
            Predictions = [.. read.Predictions.Select(p => Path.GetFullPath(p, folder))],
            Output = Path.GetFullPath(read.Output, folder),
            Cohort = read.Cohort is null ? null : Path.GetFullPath(read.Cohort, folder),
        };
    }

    /// <summary>What is wrong with the settings, each with the setting's name.</summary>
    public IEnumerable<string> Faults()
    {
        (bool Holds, string Fault)[] rules =
        [
            (Predictions.Count > 0, "predictions: one file or more"),
            (Prevalence is > 0 and < 1, "prevalence: above 0, below 1"),
            (Specificity is > 0 and <= 1, "specificity: above 0, at most 1"),
            (Sensitivity is > 0 and <= 1, "sensitivity: above 0, at most 1"),
            (Bins is >= 1 and <= 100, "bins: 1 to 100"),
            (BootstrapDraws is >= 100 and <= 1_000_000, "bootstrapDraws: 100 to 1000000"),
        ];
        return rules.Where(r => !r.Holds).Select(r => r.Fault);
    }
}
