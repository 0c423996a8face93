using System.CommandLine;
using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Learning.Evaluation;

namespace DicomRn.Commands;

/// <summary><c>dicomrn evaluate</c>: models measured by their predictions.</summary>
internal sealed class EvaluateCommand : ProgramCommand
{
    private readonly Argument<FileInfo> _configuration = new("CONFIG")
    {
        Description = """
            The configuration, JSON. For instance:
            { "predictions": ["selfsupervised/predictions.csv", "radiomics/predictions.csv"], "output": "evaluation", "cohort": "cohort",
              "reference": "self-supervised", "prevalence": 0.6, "specificity": 0.9, "sensitivity": 0.9, "bootstrapDraws": 2000, "seed": 1 }
            Without cohort there are subgroups by centre alone. With "phantoms": true every result says that the cases are synthetic.
            """,
    };

    public EvaluateCommand(CommandConsole console)
        : base(console, "evaluate", "Measures models by their predictions: table, plots and report.")
    {
        Add(_configuration);
        AddExample("evaluate evaluate.json", "evaluation.json, table.csv and others, plots as PNG and SVG, report.html");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        EvaluationConfiguration configuration = EvaluationConfiguration.Read(arguments.GetRequiredValue(_configuration).FullName);
        EvaluationResult result = await Console.TrackAsync(
            "Measuring", bar => Task.Run(() => EvaluationRun.Run(configuration, bar, cancellationToken), cancellationToken));
        TextTable table = new("set", "model", ">n", ">AUC", ">low", ">high", ">p");
        foreach (ModelMeasures m in result.Models)
        {
            double? p = result.Comparisons.FirstOrDefault(c => c.Set == m.Set && c.Model == m.Model)?.Areas.P;
            table.Add(
                SetName.Of(m.Set), m.Model, (m.Auc.Positives + m.Auc.Negatives).ToString(CultureInfo.InvariantCulture),
                Text(m.Auc.Auc), Text(m.Auc.Low), Text(m.Auc.High), p is { } value ? Text(value) : "");
        }

        table.Write(Console.Output);
        Console.Output.WriteLine(Path.Combine(configuration.Output, "report.html"));
        return ExitCode.Success;
    }

    private static string Text(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
