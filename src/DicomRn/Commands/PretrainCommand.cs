using System.CommandLine;
using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Learning.Pretraining;

namespace DicomRn.Commands;

/// <summary><c>dicomrn pretrain</c>: an encoder from sub-volumes without labels.</summary>
internal sealed class PretrainCommand : ProgramCommand
{
    private readonly Argument<FileInfo> _configuration = new("CONFIG")
    {
        Description = """
            The configuration, JSON. For instance:
            { "cohort": "cohort", "run": "pretraining", "device": "auto",
              "model": { "imageSize": 48, "patchSize": 8, "hiddenSize": 192, "mlpSize": 768, "layers": 6, "heads": 3 },
              "training": { "objective": "restorationContrast", "epochs": 20, "batchSize": 32, "seed": 1, "workers": 2,
                            "precision": "float32", "stopAfterEpochs": 5 } }
            Objectives: restorationContrast, maskedContrast, featureContrast, contrast (the last two may leave out patches: "droppedShare": 0.75,
            "seenPatches": "towardsCentre"). Pooling: classToken, mean, centre (the patches by how near they are to it). What is left out has its default; the run's settings.json holds them all.
            """,
    };

    public PretrainCommand(CommandConsole console)
        : base(console, "pretrain", "Pre-trains an encoder on the scans of a cohort, without labels.")
    {
        Add(_configuration);
        AddExample("pretrain pretrain.json", "run it, or carry on where it was interrupted");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        PretrainingConfiguration configuration = PretrainingConfiguration.Read(arguments.GetRequiredValue(_configuration).FullName);
        string encoder = await Console.TrackAsync("Preparing scans and pre-training", bar => Task.Run(
            () => PretrainingRun.RunAsync(configuration, TimeProvider.System, bar, new Log(Console, bar), cancellationToken), cancellationToken));
        Console.Output.WriteLine(encoder);
        return ExitCode.Success;
    }

    /// <summary>The bar where somebody watches; lines on stderr in any case, for a run in the background.</summary>
    private sealed class Log(CommandConsole console, IProgress<double> bar) : IProgress<PretrainingProgress>
    {
        public void Report(PretrainingProgress value)
        {
            bar.Report((double)value.Step / value.Steps);
            string validation = value.ValidationLoss is { } loss ? string.Create(CultureInfo.InvariantCulture, $", validation loss {loss:F4}") : "";
            console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"update {value.Step} of {value.Steps}: loss {value.Loss:F4}{validation}, {value.SubVolumesPerSecond:F1} sub-volumes/s, {value.TimeLeft:hh\\:mm\\:ss} left"));
        }
    }
}
