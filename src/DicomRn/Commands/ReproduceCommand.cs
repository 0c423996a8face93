using System.CommandLine;
using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Reproduction;

namespace DicomRn.Commands;

/// <summary><c>dicomrn reproduce</c>: the paper's table on phantom cohorts.</summary>
internal sealed class ReproduceCommand : ProgramCommand
{
    private readonly Option<DirectoryInfo> _output = new("--output", "-o")
    {
        Description = "Cohort, runs, evaluation, table.json and report.html; the same command carries on an interrupted run from here.",
        Required = true,
    };

    private readonly Option<bool> _quick = new("--quick") { Description = "Small numbers and a tiny model, in minutes: the figures mean nothing." };

    private readonly Option<int> _seed = new("--seed") { Description = "Phantoms and training.", DefaultValueFactory = _ => 1 };

    private readonly Option<ComputeDevice> _device = new("--device") { Description = "Where it computes.", HelpName = "auto|cpu|cuda" };

    private readonly Option<int> _threads = new("--threads") { Description = "CPU threads; 0 for one per core.", DefaultValueFactory = _ => 0 };

    public ReproduceCommand(CommandConsole console)
        : base(console, "reproduce", "Runs the paper's experiment on synthetic phantoms: pre-training, classifiers, baselines, evaluation.")
    {
        foreach (Option option in new Option[] { _output, _quick, _seed, _device, _threads })
            Add(option);
        AddExample("reproduce --output reproduction", "the paper's sizes, hours; resumable");
        AddExample("reproduce --output trial --quick", "every step on small numbers, in minutes");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        ReproductionSettings settings = new()
        {
            Output = arguments.GetRequiredValue(_output).FullName,
            Quick = arguments.GetValue(_quick),
            Seed = arguments.GetValue(_seed),
            Device = arguments.GetValue(_device),
            Threads = arguments.GetValue(_threads),
        };
        IReadOnlyList<ReproductionRow> rows = await Task.Run(
            () => ReproductionRun.RunAsync(settings, TimeProvider.System, new Lines(Console), cancellationToken), cancellationToken);
        Console.Output.WriteLine("SYNTHETIC PHANTOMS, no patients. AUC with 95 % interval; p against the self-supervised model; beside it the paper's AUC, of patients.");
        TextTable table = new("centre", "model", ">n", ">AUC", ">low", ">high", ">p", ">paper");
        foreach (ReproductionRow r in rows)
        {
            table.Add(
                r.Centre, r.Model, r.N.ToString(CultureInfo.InvariantCulture), Text(r.Auc), Text(r.Low), Text(r.High), Text(r.P), Text(r.Paper));
        }

        table.Write(Console.Output);
        foreach (string centre in new[] { "first", "second" })
            Console.Output.WriteLine($"The paper's order at the {centre} centre: {(ReproductionRun.HasPaperOrder(rows, centre) ? "reproduced" : "not reproduced")}.");
        Console.Output.WriteLine(Path.Combine(settings.Output, ReproductionRun.ReportName));
        return ExitCode.Success;
    }

    private static string Text(double? value) => value is { } v ? v.ToString("F3", CultureInfo.InvariantCulture) : "";

    private sealed class Lines(CommandConsole console) : IProgress<string>
    {
        public void Report(string value) => console.Error.WriteLine(value);
    }
}
