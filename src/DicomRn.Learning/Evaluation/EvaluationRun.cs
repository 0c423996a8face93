using System.Text.Json;
using System.Text.Json.Serialization;
using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Statistics;

namespace DicomRn.Learning.Evaluation;

/// <summary>Measures models by their predictions and writes JSON, CSV, plots and a report.</summary>
public static class EvaluationRun
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Measures and writes everything.</summary>
    /// <exception cref="InvalidDataException">Predictions cannot be read, contradict each other, or a set has too few cases.</exception>
    /// <exception cref="CohortException">The cohort cannot be read.</exception>
    public static EvaluationResult Run(EvaluationConfiguration configuration, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Run(configuration, progress, _ => "", cancellationToken);

    /// <param name="configuration">What and how.</param>
    /// <param name="progress">Share done.</param>
    /// <param name="preface">HTML that the report begins with.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static EvaluationResult Run(
        EvaluationConfiguration configuration, IProgress<double>? progress, Func<EvaluationResult, string> preface, CancellationToken cancellationToken)
    {
        IReadOnlyList<EvaluatedModel> models = EvaluatedModel.Of([.. configuration.Predictions.SelectMany(PredictionFile.Read)]);
        EvaluationResult result = Measure(configuration, models, progress, cancellationToken);
        Directory.CreateDirectory(configuration.Output);
        string Into(string name) => Path.Combine(configuration.Output, name);
        File.WriteAllText(Into("evaluation.json"), JsonSerializer.Serialize(result, Json));
        EvaluationTables.Write(configuration.Output, result);
        IReadOnlyList<(string Name, string Caption, byte[] Png)> plots = EvaluationPlots.Write(configuration.Output, result, models);
        File.WriteAllText(Into("report.html"), HtmlReport.Of(result, plots, preface(result)));
        return result;
    }

    internal static EvaluationResult Measure(
        EvaluationConfiguration configuration, IReadOnlyList<EvaluatedModel> models, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        string reference = configuration.Reference ?? models[0].Model;
        if (models.All(m => m.Model != reference))
            throw new InvalidDataException($"No file has predictions of the reference, {reference}; there are {string.Join(", ", models.Select(m => m.Model).Distinct())}.");
        foreach (EvaluatedModel m in models)
        {
            int positives = m.Cases.Count(c => c.Progression);
            if (positives < 2 || m.Cases.Count - positives < 2)
                throw new InvalidDataException($"{m.Model}, {m.Set}: {positives} progressions and {m.Cases.Count - positives} necroses are too few to measure anything.");
        }

        ModelMeasurement measurement = new(configuration, configuration.Cohort is null ? null : Cohort.Read(configuration.Cohort));
        List<ModelMeasures> measures = [];
        List<ModelComparison> comparisons = [];
        foreach (EvaluatedModel model in models.OrderBy(m => m.Set))
        {
            measures.Add(measurement.Measure(
                model, models.FirstOrDefault(m => m.Model == model.Model && m.Set == PredictedSet.Development), cancellationToken));
            if (model.Model != reference && models.FirstOrDefault(m => m.Model == reference && m.Set == model.Set) is { } other)
                comparisons.Add(Compare(other, model));
            progress?.Report((double)measures.Count / models.Count);
        }

        return new EvaluationResult(configuration with { Reference = reference }, measures, comparisons);
    }

    private static ModelComparison Compare(EvaluatedModel reference, EvaluatedModel model)
    {
        Dictionary<object, double> others = model.Cases.ToDictionary(c => (object)c.Case, c => c.Logit);
        Prediction[] common = [.. reference.Cases.Where(c => others.ContainsKey(c.Case))];
        int positives = common.Count(c => c.Progression);
        if (positives < 2 || common.Length - positives < 2)
            throw new InvalidDataException($"{model.Set}: {model.Model} and {reference.Model} have too few cases in common to be compared.");
        RocComparison areas = RocComparison.DeLong(
            [.. common.Select(c => c.Logit)], [.. common.Select(c => others[c.Case])], [.. common.Select(c => c.Progression)]);
        return new ModelComparison(model.Set, model.Model, reference.Model, common.Length, areas);
    }
}
