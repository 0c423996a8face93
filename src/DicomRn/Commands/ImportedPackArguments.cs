using System.CommandLine;
using System.CommandLine.Parsing;
using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Importing;
using DicomRn.Learning.Preprocessing;

namespace DicomRn.Commands;

/// <summary>The options of <c>model import</c> that only a pack has.</summary>
internal sealed class ImportedPackArguments
{
    private readonly Option<string?> _trainingData = new("--training-data") { Description = "What the model was trained on, in a sentence (needed for a pack).", HelpName = "TEXT" };

    private readonly Option<bool> _phantoms = new("--trained-on-phantoms") { Description = "The model was trained on synthetic phantoms: every result will say so." };

    private readonly Option<string?> _intendedUse = new("--intended-use") { Description = "What it is for and what not; research, not for clinical use, if nothing is said.", HelpName = "TEXT" };

    private readonly Option<string?> _version = new("--pack-version") { Description = "The model's version; 1.0.0 if nothing is said.", HelpName = "TEXT" };

    private readonly Option<double?> _temperature = new("--temperature") { Description = "Temperature of the probabilities, where no cohort sets it; 1 if nothing is said.", HelpName = "T" };

    private readonly Option<DirectoryInfo?> _cohort = new("--cohort")
    {
        Description = "A cohort whose development lesions set temperature, decision thresholds and the limit of novelty, and whose held-out and external ones measure the "
            + "model. Without it the pack gives probabilities and decides nothing.",
        HelpName = "DIR",
    };

    private readonly Option<double?> _errorRate = new("--error-rate") { Description = "Largest share of each class that may be decided wrongly; 0.1 if nothing is said.", HelpName = "X" };

    private Option[] All => [_trainingData, _phantoms, _intendedUse, _version, _temperature, _cohort, _errorRate];

    public void AddTo(Command command, Func<CommandResult, bool> isPack)
    {
        foreach (Option option in All)
            command.Add(option);
        command.Validators.Add(result =>
        {
            Option[] given = [.. All.Where(o => result.GetResult(o) is { Implicit: false })];
            if (!isPack(result))
            {
                foreach (Option option in given)
                    result.AddError($"{option.Name}: only with --as pack.");
                return;
            }

            if (string.IsNullOrWhiteSpace(result.GetValue(_trainingData)))
                result.AddError("--training-data: a pack says what its model was trained on.");
            if (given.Contains(_temperature) && given.Contains(_cohort))
                result.AddError("--temperature and --cohort exclude each other.");
            if (given.Contains(_errorRate) && !given.Contains(_cohort))
                result.AddError("--error-rate: only with --cohort.");
            if (result.GetValue(_temperature) is { } t && !(t > 0 && double.IsFinite(t)))
                result.AddError("--temperature: above 0.");
            if (result.GetValue(_errorRate) is { } rate && rate is not (> 0 and < 0.5))
                result.AddError("--error-rate: above 0, below 0.5.");
        });
    }

    /// <exception cref="CohortException">The cohort cannot be read.</exception>
    public PackImportOptions Read(ParseResult arguments, string folder, PreprocessingSettings preprocessing)
    {
        PackImportOptions defaults = new() { Folder = folder, TrainingData = arguments.GetRequiredValue(_trainingData)!, Preprocessing = preprocessing };
        return defaults with
        {
            IntendedUse = arguments.GetValue(_intendedUse) ?? defaults.IntendedUse,
            Version = arguments.GetValue(_version) ?? defaults.Version,
            TrainedOnPhantoms = arguments.GetValue(_phantoms),
            Temperature = arguments.GetValue(_temperature) ?? defaults.Temperature,
            Cohort = arguments.GetValue(_cohort) is { } cohort ? Cohort.Read(cohort.FullName) : null,
            ErrorRate = arguments.GetValue(_errorRate) ?? defaults.ErrorRate,
        };
    }
}
