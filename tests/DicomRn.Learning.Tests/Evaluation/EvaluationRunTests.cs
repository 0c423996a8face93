using System.Text.Json;
using DicomRn.Learning.Configuration;
using DicomRn.Learning.Evaluation;
using DicomRn.Learning.Statistics;
using DicomRn.TestSupport;

namespace DicomRn.Learning.Tests.Evaluation;

public sealed class EvaluationRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Measures_are_those_of_the_statistics_on_each_set()
    {
        Prediction[] good = Predictions("good", 2), poor = Predictions("poor", 0.2);
        EvaluationResult result = Run(good, poor);
        Assert.Equal(6, result.Models.Count);
        Assert.Equal(3, result.Comparisons.Count);
        foreach (PredictedSet set in new[] { PredictedSet.HeldOut, PredictedSet.External })
        {
            Prediction[] a = [.. good.Where(p => p.Set == set)], b = [.. poor.Where(p => p.Set == set)];
            ModelMeasures m = result.Models.Single(x => x.Set == set && x.Model == "good");
            bool[] labels = [.. a.Select(p => p.Progression)];
            Assert.Equal(RocAuc.DeLong([.. a.Select(p => p.Logit)], labels), m.Auc);
            RocComparison expected = RocComparison.DeLong([.. a.Select(p => p.Logit)], [.. b.Select(p => p.Logit)], labels);
            Assert.Equal(expected, result.Comparisons.Single(c => c.Set == set).Areas);
            Assert.Equal(CalibrationMeasures.Of([.. a.Select(p => p.Probability)], labels, 5).Brier, m.Brier.Value);
            Assert.InRange(m.Brier.Value, m.Brier.Low, m.Brier.High);
            Assert.InRange(m.Auc.Auc, m.AucByPatient.Low, m.AucByPatient.High);
        }
    }

    [Fact]
    public void Threshold_of_the_tests_is_that_of_development()
    {
        Prediction[] good = Predictions("good", 2);
        ModelMeasures external = Run(good).Models.Single(m => m.Set == PredictedSet.External);
        double[] means = [.. good.Where(p => p.Set == PredictedSet.Development).GroupBy(p => p.Case).Select(g => g.Average(p => p.Logit))];
        bool[] labels = [.. good.Where(p => p.Set == PredictedSet.Development).GroupBy(p => p.Case).Select(g => g.First().Progression)];
        OperatingPoint development = OperatingPoint.AtSpecificity(0.9, means, labels);
        Assert.Equal(development.Threshold, external.AtDevelopmentThreshold!.Threshold);
        (double ppv, double npv) = external.AtDevelopmentThreshold.PredictiveValues(0.6);
        Assert.Equal((ppv, npv), (external.PositivePredictiveValue, external.NegativePredictiveValue));
    }

    [Fact]
    public void Repeats_are_averaged_per_case_and_each_has_its_area()
    {
        ModelMeasures development = Run(Predictions("good", 2)).Models.Single(m => m.Set == PredictedSet.Development);
        Assert.Equal(40, development.Auc.Positives + development.Auc.Negatives);
        Assert.Equal(2, development.AucOfRepeats.Count);
        Assert.NotEqual(development.AucOfRepeats[0], development.AucOfRepeats[1]);
    }

    [Fact]
    public void Everything_is_written_and_the_report_needs_no_other_file()
    {
        Run(Predictions("good <1>", 2), Predictions("poor", 0.2));
        string[] names = [.. Directory.GetFiles(_folder["out"]).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        Assert.Superset(
            new HashSet<string>(["evaluation.json", "table.csv", "subgroups.csv", "calibration.csv", "decision_curve.csv", "report.html", "roc-external.png", "roc-external.svg", "calibration-held-out.png", "decision-out-of-fold.svg"]),
            new HashSet<string>(names));
        string html = File.ReadAllText(_folder["out", "report.html"]);
        Assert.Contains("good &lt;1&gt;", html, StringComparison.Ordinal);
        Assert.Contains("Synthetic phantoms", html, StringComparison.Ordinal);
        Assert.Contains("TRIPOD+AI", html, StringComparison.Ordinal);
        Assert.Contains("data:image/png;base64,", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(_folder["out", "evaluation.json"]));
        Assert.Equal(6, json.RootElement.GetProperty("models").GetArrayLength());
        Assert.Equal(7, File.ReadAllLines(_folder["out", "table.csv"]).Length);
    }

    [Fact]
    public void Contradicting_labels_missing_repeats_and_unknown_references_are_refused()
    {
        Prediction[] good = Predictions("good", 2);
        Prediction[] contradicting = [.. Predictions("other", 1).Select(p => p with { Progression = !p.Progression })];
        Assert.Contains("different labels", Assert.Throws<InvalidDataException>(() => Run(good, contradicting)).Message, StringComparison.Ordinal);
        Assert.Contains("2 repeats", Assert.Throws<InvalidDataException>(() => Run(good[1..])).Message, StringComparison.Ordinal);
        Assert.Contains("reference, none", Assert.Throws<InvalidDataException>(() => Run("none", good)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_predictions_name_file_and_line()
    {
        PredictionFile.Write(_folder["p.csv"], Predictions("good", 2));
        string[] lines = File.ReadAllLines(_folder["p.csv"]);
        lines[4] = lines[4].Replace("RN", "rn?", StringComparison.Ordinal).Replace("progression,", "rn?,", StringComparison.Ordinal);
        File.WriteAllLines(_folder["p.csv"], lines);
        Assert.StartsWith($"{_folder["p.csv"]}, line 5, label: 'rn?'", Assert.Throws<InvalidDataException>(() => PredictionFile.Read(_folder["p.csv"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_settings_are_all_told()
    {
        ConfigurationException e = Assert.Throws<ConfigurationException>(() => ConfigurationFile.Parse<EvaluationConfiguration>(
            """{ "predictions": [], "output": "o", "prevalence": 1, "bins": 0 }""", "c.json", c => c.Faults()));
        Assert.Equal(["predictions: one file or more", "prevalence: above 0, below 1", "bins: 1 to 100"], e.Faults);
    }

    private EvaluationResult Run(params Prediction[][] models) => Run(null, models);

    private EvaluationResult Run(string? reference, params Prediction[][] models)
    {
        string[] files = [.. models.Select((_, n) => _folder[$"predictions{n}.csv"])];
        foreach ((string file, Prediction[] predictions) in files.Zip(models))
            PredictionFile.Write(file, predictions);
        EvaluationConfiguration configuration = new()
        {
            Predictions = files,
            Output = _folder["out"],
            Reference = reference,
            Phantoms = true,
            BootstrapDraws = 200,
        };
        return EvaluationRun.Run(configuration, null, Cancel);
    }

    /// <summary>40 development cases in two repeats, 20 held out, 24 external, with a logit that leans towards the truth.</summary>
    private static Prediction[] Predictions(string model, double lean)
    {
        Random random = new(9);
        List<Prediction> predictions = [];
        void Add(PredictedSet set, int count, int repeats)
        {
            for (int n = 0; n < count; n++)
            {
                for (int repeat = 0; repeat < repeats; repeat++)
                {
                    bool progression = n % 3 != 0;
                    double logit = (lean * (progression ? 0.5 : -0.5)) + (3 * (random.NextDouble() - 0.5));
                    double probability = 1 / (1 + Math.Exp(-logit));
                    predictions.Add(new Prediction(
                        model, set, repeat, set == PredictedSet.Development ? n % 5 : -1, set == PredictedSet.External ? "B" : "A", $"P{n / 2}", $"{n % 2}", 1,
                        progression, logit, probability, probability > 0.7 ? "progression" : probability < 0.3 ? "RN" : "undecided"));
                }
            }
        }

        Add(PredictedSet.Development, 40, 2);
        Add(PredictedSet.HeldOut, 20, 1);
        Add(PredictedSet.External, 24, 1);
        return [.. predictions];
    }
}
