using System.CommandLine;
using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Learning.Packs;
using DicomRn.Learning.Training;

namespace DicomRn.Commands;

/// <summary><c>dicomrn model train</c>: a model pack trained on synthetic phantoms, as the one that comes with the program.</summary>
internal sealed class ModelTrainCommand : ProgramCommand
{
    private readonly Option<DirectoryInfo> _output = new("--output", "-o") { Description = "The folder of model packs; the pack becomes a folder in it.", Required = true };

    private readonly Option<DirectoryInfo> _run = new("--run")
    {
        Description = "Checkpoints and metrics.csv; the same command carries on an interrupted run from here.",
        Required = true,
    };

    private readonly Option<string> _name = new("--name") { Description = "The pack's name.", DefaultValueFactory = _ => "phantom-vit-small" };

    private readonly Option<int> _patients = Number("--patients", "Phantom patients to train on, one lesion each.", 6000);

    private readonly Option<int> _validation = Number("--validation", "Patients that choose the epoch and set calibration and thresholds.", 400);

    private readonly Option<int> _test = Number("--test", "Unseen patients of each centre for the final figures.", 300);

    private readonly Option<int> _epochs = Number("--epochs", "How often every patient is seen.", 10);

    private readonly Option<int> _batch = Number("--batch-size", "Lesions per update.", 16);

    private readonly Option<int> _seed = Number("--seed", "Initial weights, order and augmentation.", 1);

    private readonly Option<int> _threads = new("--threads") { Description = "CPU threads; 0 for one per core.", DefaultValueFactory = _ => 0 };

    public ModelTrainCommand(CommandConsole console)
        : base(console, "train", "Trains a model on synthetic phantoms, measures it on unseen ones and writes its pack.")
    {
        foreach (Option option in new Option[] { _output, _run, _name, _patients, _validation, _test, _epochs, _batch, _seed, _threads })
            Add(option);
        Validators.Add(result =>
        {
            if (result.GetValue(_patients) < result.GetValue(_batch))
                result.AddError("--patients: fewer than --batch-size.");
        });
        AddExample("model train --output models --run training", "the training of the pack that comes with the program; about half an hour on two idle cores, resumable");
        AddExample("model train --output trial --run trial-run --patients 160 --validation 80 --test 40 --epochs 1", "a trial in minutes");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        PhantomTrainingOptions defaults = new() { RunFolder = arguments.GetRequiredValue(_run).FullName, ModelsFolder = arguments.GetRequiredValue(_output).FullName };
        PhantomTrainingOptions options = defaults with
        {
            PackName = arguments.GetRequiredValue(_name),
            TrainingPatients = arguments.GetValue(_patients),
            ValidationPatients = arguments.GetValue(_validation),
            TestPatientsPerCentre = arguments.GetValue(_test),
            Threads = arguments.GetValue(_threads),
            Training = defaults.Training with
            {
                Epochs = arguments.GetValue(_epochs),
                BatchSize = arguments.GetValue(_batch),
                Seed = arguments.GetValue(_seed),
            },
        };
        ModelPack pack = await Console.TrackAsync("Making phantoms and training", bar => Task.Run(
            () => PhantomTraining.Run(options, TimeProvider.System, new TrainingLog(Console, bar), cancellationToken), cancellationToken));

        TextTable table = new("cohort", "score", ">AUC", ">low", ">high");
        foreach (MeasuredFigure figure in pack.Manifest.Measured)
            table.Add(figure.Cohort, figure.Score, Text(figure.Auc), Text(figure.Low), Text(figure.High));
        table.Write(Console.Output);
        Console.Output.WriteLine($"The pack, with its model card: {pack.Folder}");
        return ExitCode.Success;
    }

    private static string Text(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    private static Option<int> Number(string name, string description, int byDefault)
    {
        Option<int> option = new(name) { Description = description, DefaultValueFactory = _ => byDefault };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError($"{name}: 1 or more.");
        });
        return option;
    }

    /// <summary>The bar where somebody watches; a line on stderr per epoch in any case, for a run in the background.</summary>
    private sealed class TrainingLog(CommandConsole console, IProgress<double> bar) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            bar.Report((double)value.Step / value.Steps);
            if (value.ValidationAuc is { } auc)
            {
                console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"update {value.Step} of {value.Steps}: loss {value.Loss:F3}, validation AUC {auc:F3}, {value.SamplesPerSecond:F0} lesions/s, {value.TimeLeft:hh\\:mm\\:ss} left"));
            }
        }
    }
}
