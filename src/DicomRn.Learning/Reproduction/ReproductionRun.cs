using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Evaluation;
using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Pretraining;

namespace DicomRn.Learning.Reproduction;

/// <summary>The paper's table on phantom cohorts, start to end: cohort, pre-training, classifiers, evaluation. Resumable at every step.</summary>
public static class ReproductionRun
{
    /// <summary>The name of the table.</summary>
    public const string TableName = "table.json";

    /// <summary>The name of the report.</summary>
    public const string ReportName = "report.html";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Runs everything, or what is not done yet.</summary>
    /// <param name="settings">Sizes and folder.</param>
    /// <param name="time">For rates.</param>
    /// <param name="progress">A line for every step and report.</param>
    /// <param name="cancellationToken">Ends it; the next call carries on.</param>
    /// <exception cref="CohortException">The folder holds another cohort.</exception>
    /// <exception cref="InvalidDataException">The folder holds runs with other settings.</exception>
    public static async Task<IReadOnlyList<ReproductionRow>> RunAsync(
        ReproductionSettings settings, TimeProvider time, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        string Into(params string[] parts) => Path.Combine([settings.Output, .. parts]);
        int threads = settings.Threads == 0 ? Environment.ProcessorCount : settings.Threads;
        progress?.Report("making the phantom cohort");
        string cohort = Into("cohort");
        await PhantomCohort.WriteAsync(cohort, settings.Cohort, threads, null, cancellationToken);
        string encoder = await PretrainingRun.RunAsync(
            new PretrainingConfiguration
            {
                Cohort = cohort,
                Run = Into("pretraining"),
                Model = settings.Model,
                Training = settings.Pretraining,
                Device = settings.Device,
                Threads = settings.Threads,
            },
            time, null, new Lines<PretrainingProgress>(progress, Line), cancellationToken);
        List<string> predictions = [];
        foreach ((string name, _, _) in ReproductionModels.All)
        {
            progress?.Report($"{name}");
            FinetuningResult result = await FinetuningRun.RunAsync(
                ReproductionModels.Configuration(name, settings, cohort, Into(name), encoder),
                time, null, new Lines<FinetuningProgress>(progress, p => p.Loss is null ? $"{name}, {p.Part} done" : null), cancellationToken);
            predictions.Add(result.Predictions);
        }

        progress?.Report("evaluation");
        EvaluationConfiguration evaluation = new()
        {
            Predictions = predictions,
            Output = Into("evaluation"),
            Cohort = cohort,
            Reference = ReproductionModels.Reference,
            Phantoms = true,
            Title = "The paper's experiment on synthetic phantoms" + (settings.Quick ? " (trial with small numbers: the figures mean nothing)" : ""),
            Seed = settings.Seed,
            BootstrapDraws = settings.Quick ? 200 : 2000,
        };
        IReadOnlyList<ReproductionRow> rows = [];
        EvaluationRun.Run(evaluation, null, measured => Preface(rows = Rows(measured)), cancellationToken);
        File.Copy(Path.Combine(evaluation.Output, ReportName), Into(ReportName), overwrite: true);
        File.WriteAllText(Into(TableName), JsonSerializer.Serialize(rows, Json));
        return rows;
    }

    /// <summary>Whether the areas of the paper's models fall in the paper's order.</summary>
    public static bool HasPaperOrder(IReadOnlyList<ReproductionRow> rows, string centre)
    {
        double[] areas = [.. rows.Where(r => r.Centre == centre && r.Paper is not null).OrderByDescending(r => r.Paper).Select(r => r.Auc)];
        return areas.Zip(areas.Skip(1), (higher, lower) => higher > lower).All(ordered => ordered);
    }

    internal static IReadOnlyList<ReproductionRow> Rows(EvaluationResult result)
    {
        List<ReproductionRow> rows = [];
        foreach ((CohortSplit set, string centre) in new[] { (CohortSplit.HeldOut, "first"), (CohortSplit.External, "second") })
        {
            foreach ((string name, double? same, double? second) in ReproductionModels.All)
            {
                ModelMeasures m = result.Models.Single(x => x.Set == set && x.Model == name);
                double? p = result.Comparisons.FirstOrDefault(c => c.Set == set && c.Model == name)?.Areas.P;
                rows.Add(new ReproductionRow(
                    centre, name, m.Auc.Positives + m.Auc.Negatives, m.Auc.Auc, m.Auc.Low, m.Auc.High, p, set == CohortSplit.HeldOut ? same : second));
            }
        }

        return rows;
    }

    private static string Preface(IReadOnlyList<ReproductionRow> rows)
    {
        StringBuilder html = new("<h2>The paper's table beside that of the phantoms</h2>\n<table><tr><th>centre</th><th>model</th><th>n</th><th>AUC, phantoms</th><th>p</th><th>AUC, paper (patients)</th></tr>\n");
        foreach (ReproductionRow r in rows)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{r.Centre}</td><td>{WebUtility.HtmlEncode(r.Model)}</td><td>{r.N}</td>");
            html.Append(CultureInfo.InvariantCulture, $"<td>{r.Auc:0.000} ({r.Low:0.000} to {r.High:0.000})</td><td>{r.P:0.000}</td><td>{r.Paper:0.000}</td></tr>\n");
        }

        html.Append("</table>\n<p>");
        foreach (string centre in new[] { "first", "second" })
            html.Append(CultureInfo.InvariantCulture, $"The order of the paper's four models is {(HasPaperOrder(rows, centre) ? "" : "not ")}reproduced at the {centre} centre. ");
        return html.Append("p: paired DeLong test against the self-supervised model.</p>\n").ToString();
    }

    private static string Line(PretrainingProgress p) => string.Create(
        CultureInfo.InvariantCulture,
        $"pre-training, update {p.Step} of {p.Steps}: loss {p.Loss:F4}, {p.SubVolumesPerSecond:F1} sub-volumes/s, {p.TimeLeft:hh\\:mm\\:ss} left");

    private sealed class Lines<T>(IProgress<string>? lines, Func<T, string?> text) : IProgress<T>
    {
        public void Report(T value)
        {
            if (text(value) is { } line)
                lines?.Report(line);
        }
    }
}
