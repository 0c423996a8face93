using System.CommandLine;
using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Learning.Evaluation;
using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Statistics;

namespace DicomRn.Commands;

/// <summary><c>dicomrn finetune</c>: a classifier from labelled lesions.</summary>
internal sealed class FinetuneCommand : ProgramCommand
{
    private readonly Argument<FileInfo> _configuration = new("CONFIG")
    {
        Description = """
            The configuration, JSON. For instance:
            { "name": "multimodal", "cohort": "cohort", "run": "multimodal", "encoder": "pretraining/encoder", "classifier": "vit",
              "fusion": "crossAttention", "clinicalGroups": ["patient", "primary", "radiotherapy", "surgery", "time", "volume"],
              "training": { "trained": "full", "layerDecay": 0.75, "folds": 5, "repeats": 3, "epochs": 40, "seed": 1, "calibration": "platt" } }
            Without encoder it is trained from scratch. Classifiers: vit, cnn, volume, clinical, radiomics. Fusions: none, crossAttention, concatenation. Trained:
            full, lastBlocks, probe. Encoders come from pretrain or model import; one without a class token is pooled by the mean, or gets one of zeros
            ("pooling": "addedClassToken"; others: classToken, mean, centre, lesion: the patches by how much of the mask they hold). What is left out has its default; the run's settings.json holds them all.
            "leaveCentreOut": true in training predicts each centre, too, by the whole procedure on the labelled lesions of all the others.
            A section "pack" makes a model pack of the model of all development cases, also of a run that is done:
            "pack": { "folder": "models", "name": "multimodal-1", "version": "1.0", "intendedUse": "…", "trainingData": "…", "trainedOnPhantoms": false }
            """,
    };

    public FinetuneCommand(CommandConsole console)
        : base(console, "finetune", "Trains a classifier on a cohort's labelled lesions, predicts its tests and writes a model pack where one is asked for.")
    {
        Add(_configuration);
        AddExample("finetune finetune.json", "run it, or carry on where it was interrupted");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        FinetuningConfiguration configuration = FinetuningConfiguration.Read(arguments.GetRequiredValue(_configuration).FullName);
        foreach (string remark in FinetuningRun.Remarks(configuration))
            Console.Error.WriteLine(remark);
        FinetuningResult result = await Console.TrackAsync("Preparing lesions and training", bar => Task.Run(
            () => FinetuningRun.RunAsync(configuration, TimeProvider.System, bar, new Log(Console, bar), cancellationToken), cancellationToken));
        TextTable table = new("set", ">RN", ">progression", ">AUC", ">low", ">high");
        foreach ((PredictedSet set, RocAuc auc) in result.Areas)
            table.Add(SetName.Of(set), $"{auc.Negatives}", $"{auc.Positives}", Text(auc.Auc), Text(auc.Low), Text(auc.High));
        table.Write(Console.Output);
        Console.Output.WriteLine(result.Decision.RadiationNecrosisAtMost < 0 && result.Decision.ProgressionAtLeast > 1
            ? "Too few cases to decide anything at this error rate."
            : string.Create(CultureInfo.InvariantCulture, $"Decided from {result.Decision.RadiationNecrosisCases} RN and {result.Decision.ProgressionCases} progression."));
        Console.Output.WriteLine(result.Predictions);
        if (result.Pack is { } pack)
            Console.Output.WriteLine($"The pack, with its model card: {pack}");
        return ExitCode.Success;
    }

    private static string Text(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    /// <summary>The bar where somebody watches; a line on stderr per part in any case, for a run in the background.</summary>
    private sealed class Log(CommandConsole console, IProgress<double> bar) : IProgress<FinetuningProgress>
    {
        private double _loss = double.NaN;

        public void Report(FinetuningProgress value)
        {
            bar.Report(value.Done);
            if (value.Loss is { } loss)
            {
                _loss = loss;
                return;
            }

            string told = double.IsNaN(_loss) ? "" : string.Create(CultureInfo.InvariantCulture, $" with loss {_loss:F4}");
            console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{value.Part} done{told}: {100 * value.Done:F0} %, {value.TimeLeft:hh\\:mm\\:ss} left"));
        }
    }
}
