using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Evaluation;
using DicomRn.Learning.Finetuning;
using DicomRn.TestSupport;

namespace DicomRn.Learning.Tests.Finetuning;

public sealed class CrossValidationTests : IDisposable
{
    private static readonly FinetuningSettings Settings = new() { Folds = 4, Repeats = 2 };
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_classifier_predicts_a_patient_that_it_has_seen()
    {
        LesionCases cases = MadeUpCases.Make(60, false, true);
        IReadOnlyList<FoldLogit> logits = Run(new Remembering(), cases);
        Assert.Equal(2 * 40 + 20, logits.Count);
        // The logit of a case whose patient was seen is 1.
        Assert.All(logits, l => Assert.Equal(0, l.Logit));
        Assert.All(logits.Where(l => l.Fold >= 0).GroupBy(l => l.Case), g => Assert.Equal([0, 1], g.Select(l => l.Repeat).Order()));
        Assert.All(logits.Where(l => l.Fold < 0), l => Assert.NotEqual(CohortSplit.Development, cases.Entries[l.Case].Split));
    }

    [Fact]
    public void What_is_done_is_not_trained_again()
    {
        LesionCases cases = MadeUpCases.Make(60, false, true);
        Remembering interrupted = new() { FailsAt = 4 }, resumed = new();
        Assert.Throws<OperationCanceledException>(() => Run(interrupted, cases));
        IReadOnlyList<FoldLogit> logits = Run(resumed, cases);
        Assert.Equal(3, interrupted.Seeds.Count);
        Assert.Equal(6, resumed.Seeds.Count);
        Assert.Empty(interrupted.Seeds.Intersect(resumed.Seeds));
        Assert.Equal(100, logits.Count);
        Remembering none = new();
        Assert.Equal(logits, Run(none, cases));
        Assert.Empty(none.Seeds);
    }

    [Fact]
    public void Fold_without_distances_is_trained_again_where_they_are_needed()
    {
        LesionCases cases = MadeUpCases.Make(60, false, true);
        IReadOnlyList<FoldLogit> logits = Run(new Remembering(), cases);
        Assert.All(logits, l => Assert.Equal(l.Fold < 0 ? null : 30, l.Distance));
        Remembering none = new(), one = new();
        Assert.Equal(logits, Run(none, cases, needsDistances: true));
        Assert.Empty(none.Seeds);
        File.Delete(_folder["folds", "repeat1-fold2.distances.txt"]);
        Assert.Equal(2 * 40 + 20, Run(none, cases).Count);
        Assert.Empty(none.Seeds);
        Assert.Equal(logits, Run(one, cases, needsDistances: true));
        Assert.Equal([Settings.Seed * 100_003 + 7], one.Seeds);
    }

    [Fact]
    public void Conclusion_writes_predictions_calibrates_and_decides_by_out_of_fold_cases()
    {
        LesionCases cases = MadeUpCases.Make(60, false, true);
        FinetuningConfiguration configuration = new() { Name = "months", Cohort = "", Run = _folder.Path, Training = Settings };
        VariableTraining training = new([ClinicalGroup.Time], Settings);
        IReadOnlyList<FoldLogit> logits = Run(training, cases);
        FinetuningResult result = FinetuningRun.Conclude(configuration, cases, logits);
        Assert.Equal(1, result.Areas[PredictedSet.Development].Auc);
        Assert.Equal(1, result.Areas[PredictedSet.External].Auc);
        Assert.Equal(20, result.Decision.ProgressionCases);
        IReadOnlyList<Prediction> predictions = PredictionFile.Read(result.Predictions);
        Assert.Equal(100, predictions.Count);
        Assert.Equal(logits.Select(l => l.Logit), predictions.Select(p => p.Logit));
        Assert.All(predictions.Where(p => p.Decision != "undecided"), p => Assert.Equal(p.Progression ? "progression" : "RN", p.Decision));
        Assert.Contains(predictions, p => p.Decision != "undecided");
    }

    [Fact]
    public void Volume_alone_is_chance_where_it_says_nothing()
    {
        LesionCases cases = MadeUpCases.Make(60, true, false);
        FinetuningConfiguration configuration = new() { Name = "volume", Cohort = "", Run = _folder.Path, Training = Settings };
        FinetuningResult result = FinetuningRun.Conclude(configuration, cases, Run(new VariableTraining([ClinicalGroup.Volume], Settings), cases));
        Assert.InRange(result.Areas[PredictedSet.Development].Auc, 0.2, 0.8);
    }

    [Fact]
    public void Each_centre_is_predicted_by_a_classifier_that_has_seen_nothing_of_it()
    {
        LesionCases cases = MadeUpCases.Make(60, false, true);
        FinetuningConfiguration configuration = new() { Name = "centres", Cohort = "", Run = _folder.Path, Training = Settings };
        Remembering training = new();
        List<string> told = [];
        IReadOnlyList<Prediction> predictions = new LeaveCentreOut(configuration, training, TimeProvider.System).Run(cases, Told, Cancel);
        Assert.Equal(60, predictions.Select(p => p.Case).Distinct().Count());
        Assert.Equal(60, predictions.Count);
        Assert.All(predictions, p => Assert.Equal((PredictedSet.LeaveCentreOut, 0.0), (p.Set, p.Logit)));
        Assert.Equal([("A", 0, 30), ("B", 1, 30)], predictions.GroupBy(p => (p.Centre, p.Fold)).Select(g => (g.Key.Centre, g.Key.Fold, g.Count())));
        Assert.Equal([("A", 0), ("B", 1)], told.Select(t => (t[..1], int.Parse(t[1..], System.Globalization.CultureInfo.InvariantCulture))));
        // Folds of the others, whatever their split, then one of all of them; a case whose patient was seen has the logit 1.
        Assert.Equal(2 * (Settings.Folds + 1), training.Centres.Count);
        Assert.All(training.Centres.Take(Settings.Folds + 1), c => Assert.Equal(["B"], c));
        Assert.All(training.Centres.Skip(Settings.Folds + 1), c => Assert.Equal(["A"], c));
        Remembering none = new();
        Assert.Equal(predictions, new LeaveCentreOut(configuration, none, TimeProvider.System).Run(cases, Told, Cancel));
        Assert.Empty(none.Seeds);

        IProgress<FinetuningProgress>? Told(string centre, int number)
        {
            told.Add($"{centre}{number}");
            return null;
        }
    }

    [Fact]
    public void One_centre_alone_cannot_be_left_out()
    {
        LesionCases cases = MadeUpCases.Make(60, false, true);
        FinetuningConfiguration configuration = new() { Name = "centres", Cohort = "", Run = _folder.Path, Training = Settings };
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new LeaveCentreOut(configuration, new Remembering(), TimeProvider.System).Run(
            cases.Split([.. cases.Entries.Select(e => e with { Centre = "A" })]), (_, _) => null, Cancel));
        Assert.Contains("of one centre, A: none can be left out", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Centres_left_out_are_a_set_of_their_own_in_the_evaluation()
    {
        LesionCases cases = MadeUpCases.Make(60, false, true);
        FinetuningConfiguration configuration = new() { Name = "months", Cohort = "", Run = _folder.Path, Training = Settings };
        VariableTraining training = new([ClinicalGroup.Time], Settings);
        IReadOnlyList<Prediction> leftOut = new LeaveCentreOut(configuration, training, TimeProvider.System).Run(cases, (_, _) => null, Cancel);
        FinetuningResult result = FinetuningRun.Conclude(configuration, cases, Run(training, cases), leftOut);
        Assert.Equal((1, 30), (result.Areas[PredictedSet.LeaveCentreOut].Auc, result.Areas[PredictedSet.LeaveCentreOut].Positives));
        EvaluationResult evaluated = EvaluationRun.Run(
            new EvaluationConfiguration { Predictions = [result.Predictions], Output = _folder["evaluation"], BootstrapDraws = 100 }, null, Cancel);
        ModelMeasures measures = evaluated.Models.Single(m => m.Set == PredictedSet.LeaveCentreOut);
        Assert.Equal(60, measures.Auc.Positives + measures.Auc.Negatives);
        // A threshold by development would be by the same cases.
        Assert.Null(measures.AtDevelopmentThreshold);
        Assert.NotNull(evaluated.Models.Single(m => m.Set == PredictedSet.External).AtDevelopmentThreshold);
        Assert.Equal(["A", "B"], measures.Subgroups.Where(g => g.Variable == "centre").Select(g => g.Level));
        Assert.Contains("\"leaveCentreOut\"", File.ReadAllText(_folder["evaluation", "evaluation.json"]), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("leave-centre-out,months,", File.ReadAllText(_folder["evaluation", "table.csv"]), StringComparison.Ordinal);
        Assert.Contains("Leave-centre-out: each centre by a model of all the others", File.ReadAllText(_folder["evaluation", "report.html"]), StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["evaluation", "roc-leave-centre-out.svg"]));
    }

    private IReadOnlyList<FoldLogit> Run(IClassifierTraining training, LesionCases cases, bool needsDistances = false) =>
        new CrossValidation(training, Settings, _folder.Path, TimeProvider.System, needsDistances).Run(cases, null, Cancel);

    /// <summary>Says 1 of a case whose patient it has seen, else 0; a distance is the number of cases seen.</summary>
    private sealed class Remembering : IClassifierTraining
    {
        public List<int> Seeds { get; } = [];

        /// <summary>The centres that each training saw.</summary>
        public List<string[]> Centres { get; } = [];

        public int FailsAt { get; init; } = int.MaxValue;

        public ITrainedClassifier Train(
            LesionCases cases, IReadOnlyList<int> training, int seed, IProgress<(double Done, double Loss)>? progress, CancellationToken cancellationToken)
        {
            if (Seeds.Count + 1 == FailsAt)
                throw new OperationCanceledException();
            Seeds.Add(seed);
            Centres.Add([.. training.Select(n => cases.Entries[n].Centre).Distinct()]);
            return new Trained([.. training.Select(n => cases.Entries[n].Patient)]);
        }

        private sealed class Trained(HashSet<string> patients) : ITrainedClassifier
        {
            public double[] Logits(LesionCases cases, IReadOnlyList<int> chosen, CancellationToken cancellationToken) =>
                [.. chosen.Select(n => patients.Contains(cases.Entries[n].Patient) ? 1.0 : 0)];

            public double[] Distances(LesionCases cases, IReadOnlyList<int> training, IReadOnlyList<int> chosen, CancellationToken cancellationToken) =>
                [.. chosen.Select(_ => (double)training.Count)];

            public void Write(string folder)
            {
            }

            public void Dispose()
            {
            }
        }
    }
}
