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
        Description = """
            A new or empty folder for cohort, runs, table.json, table.csv and report.html; the same command carries on an interrupted run from
            here. Below it: cohort, pretraining, a folder per model, evaluation. The full size takes 6 GB.
            """,
        Required = true,
    };

    private readonly Option<bool> _quick = new("--quick") { Description = "Small numbers and a tiny transformer, in minutes: shows that every step works; the figures mean nothing." };

    private readonly Option<int> _seed = new("--seed") { Description = "Decides phantoms, training and evaluation, 0 or more.", DefaultValueFactory = _ => 1 };

    private readonly Option<ComputeDevice> _device = new("--device") { Description = "Where it computes.", HelpName = "auto|cpu|cuda" };

    private readonly Option<int> _threads = new("--threads") { Description = "CPU threads, 0 for one per core.", DefaultValueFactory = _ => 0 };

    public ReproduceCommand(CommandConsole console)
        : base(console, "reproduce", """
            Runs the paper's experiment on synthetic phantoms and prints its table beside the paper's: cohorts of the paper's sizes, pre-training
            without labels, classifiers (multimodal, self-supervised, radiomics, supervised; controls: cross-attention, cnn, clinical, volume), evaluation.
            """)
    {
        foreach (Option option in new Option[] { _output, _quick, _seed, _device, _threads })
            Add(option);
        Require(_seed);
        Require(_threads);
        AddExample("reproduce --output reproduction", "the paper's sizes: about an hour on two cores that multiply in bfloat16, else hours; the same line carries on after an interruption");
        AddExample("reproduce --output trial --quick", "every step on small numbers, in minutes");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string folder = arguments.GetRequiredValue(_output).FullName;
        ReproductionPlan plan = ReproductionPlan.Of(arguments.GetValue(_seed), arguments.GetValue(_quick));
        (ComputeDevice device, int threads) = (arguments.GetValue(_device), arguments.GetValue(_threads));
        ReproductionTable table = await Task.Run(
            () => ReproductionRun.RunAsync(folder, plan, device, threads, TimeProvider.System, new Lines(Console), cancellationToken), cancellationToken);
        Console.Output.WriteLine(ReproductionTable.Warning);
        if (plan.Quick)
            Console.Output.WriteLine("A trial with small numbers: the figures mean nothing.");
        Console.Output.WriteLine();
        Write(table.Rows);
        foreach (string verdict in table.Verdicts())
            Console.Output.WriteLine(verdict);
        Console.Output.WriteLine();
        Write(table.CrossValidated);
        Console.Output.WriteLine(Path.Combine(folder, ReproductionRun.ReportName));
        return ExitCode.Success;
    }

    private static void Require(Option<int> option) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < 0)
            result.AddError($"{option.Name}: 0 or more.");
    });

    private static string Text(double? value) => value is { } v ? v.ToString("F3", CultureInfo.InvariantCulture) : "";

    private void Write(IEnumerable<ReproductionRow> rows)
    {
        TextTable table = new("centre", "model", ">n", ">AUC", ">low", ">high", ">p", ">paper");
        foreach (ReproductionRow r in rows)
            table.Add(r.Centre, r.Model, r.N.ToString(CultureInfo.InvariantCulture), Text(r.Auc), Text(r.Low), Text(r.High), Text(r.P), Text(r.Paper));
        table.Write(Console.Output);
    }

    private sealed class Lines(CommandConsole console) : IProgress<ReproductionProgress>
    {
        public void Report(ReproductionProgress value) => console.Error.WriteLine(value);
    }
}
