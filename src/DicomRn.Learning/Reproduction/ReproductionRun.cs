using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Configuration;
using DicomRn.Learning.Evaluation;
using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Pretraining;

namespace DicomRn.Learning.Reproduction;

/// <summary>
/// The paper's experiment on phantom cohorts, start to end: cohort, pre-training, classifiers, evaluation. A step that is done is not done
/// again, and one that was interrupted is carried on.
/// </summary>
public static class ReproductionRun
{
    /// <summary>The table: rows of centre, model, n, auc, low, high, p, paper.</summary>
    public const string TableName = "table.json";

    /// <summary>The table with the cross-validated areas below it.</summary>
    public const string CsvName = "table.csv";

    /// <summary>The report.</summary>
    public const string ReportName = "report.html";

    /// <summary>Runs everything, or what is not done yet.</summary>
    /// <param name="folder">A new or empty folder, or that of a reproduction with the same seed and size.</param>
    /// <param name="plan">What to do; a reproduction that is carried on keeps its own.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="threads">CPU threads; 0 for one per core.</param>
    /// <param name="time">For rates.</param>
    /// <param name="progress">Told where it stands.</param>
    /// <param name="cancellationToken">Ends it; the next call carries on.</param>
    /// <exception cref="InvalidDataException">The folder holds something else, another process works in it, or it was changed.</exception>
    /// <exception cref="CohortException">The cohort cannot be read.</exception>
    /// <exception cref="ConfigurationException">The plan or the encoder in the folder cannot be read.</exception>
    public static async Task<ReproductionTable> RunAsync(
        string folder, ReproductionPlan plan, ComputeDevice device, int threads, TimeProvider time, IProgress<ReproductionProgress>? progress,
        CancellationToken cancellationToken)
    {
        using ReproductionFolder held = ReproductionFolder.Open(folder, plan);
        ReproductionReports reports = new(progress, 3 + ReproductionModel.All.Count, time);
        plan = held.Plan;
        int workers = threads == 0 ? Environment.ProcessorCount : threads;
        string cohort = held.Into("cohort"), encoder = held.Into("pretraining", PretrainingRun.EncoderFolder);

        await StepAsync("cohort", Path.Combine(cohort, Cohort.TableName), () => PhantomCohort.WriteAsync(
            cohort, plan.Cohort, workers, reports.Share("making phantoms", "sub-volumes", PhantomCohortPlan.Of(plan.Cohort).Sum(p => p.Scans * p.Classes.Count)), cancellationToken));

        await StepAsync("pretraining", Path.Combine(encoder, PretrainedEncoder.WeightsName), () => PretrainingRun.RunAsync(
            new PretrainingConfiguration
            {
                Cohort = cohort,
                Run = held.Into("pretraining"),
                Model = plan.Model,
                Training = plan.Pretraining with { Workers = workers },
                Device = device,
                Threads = threads,
            },
            time, reports.Share("preparing scans", "scans", null), reports.Pretraining(), cancellationToken));

        List<string> predictions = [];
        foreach (ReproductionModel model in ReproductionModel.All)
        {
            FinetuningConfiguration configuration = model.Configuration(plan, encoder, new FinetuningConfiguration
            {
                Name = model.Name,
                Cohort = cohort,
                Run = held.Into(model.Name),
                Device = device,
                Threads = threads,
            });
            configuration = configuration with { Training = configuration.Training with { Workers = workers } };
            predictions.Add(Path.Combine(configuration.Run, FinetuningRun.PredictionsName));
            await StepAsync(model.Name, predictions[^1], () => FinetuningRun.RunAsync(
                configuration, time, reports.Share("preparing lesions", "lesions", null), reports.Finetuning(), cancellationToken));
        }

        // Always: it takes a minute, and what it writes is to fit the program that wrote it.
        reports.Begin("evaluation");
        ReproductionTable table = Evaluate(held, plan, cohort, predictions, reports.Share("measuring", "models", null), cancellationToken);
        reports.End();
        return table;

        async Task StepAsync<T>(string step, string result, Func<Task<T>> work)
        {
            if (held.IsDone(step, result))
            {
                reports.Skip(step);
                return;
            }

            reports.Begin(step);
            await work();
            held.MarkDone(step, result);
            reports.End();
        }
    }

    private static ReproductionTable Evaluate(
        ReproductionFolder folder, ReproductionPlan plan, string cohort, IReadOnlyList<string> predictions, IProgress<double> progress, CancellationToken cancellationToken)
    {
        EvaluationConfiguration evaluation = new()
        {
            Predictions = predictions,
            Output = folder.Into("evaluation"),
            Cohort = cohort,
            Reference = ReproductionModel.Reference,
            Phantoms = true,
            Title = "The paper's experiment on synthetic phantoms" + (plan.Quick ? " (trial with small numbers: the figures mean nothing)" : ""),
            Seed = plan.Seed,
            BootstrapDraws = plan.BootstrapDraws,
        };
        EvaluationResult result = EvaluationRun.Run(evaluation, progress, measured => ReproductionTable.Of(measured).Html(), cancellationToken);
        ReproductionTable table = ReproductionTable.Of(result);
        File.Copy(Path.Combine(evaluation.Output, ReportName), folder.Into(ReportName), overwrite: true);
        table.Write(folder.Into(TableName), folder.Into(CsvName));
        return table;
    }
}
