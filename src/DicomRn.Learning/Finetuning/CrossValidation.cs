using DicomRn.Learning.Cohorts;

namespace DicomRn.Learning.Finetuning;

/// <summary>
/// Repeated cross-validation by patient on the development cases, then one classifier of all of them for the tests. Every part has its own
/// seed and is stored when it is done.
/// </summary>
internal sealed class CrossValidation(IClassifierTraining training, FinetuningSettings settings, string runFolder, TimeProvider time)
{
    private const string ModelFolder = "model";
    private readonly FoldStore _store = new(Path.Combine(runFolder, "folds"));

    /// <summary>Logits of all cases: one per repeat for development, one for the tests.</summary>
    /// <exception cref="ArgumentException">There are too few patients for the folds.</exception>
    public IReadOnlyList<FoldLogit> Run(LesionCases cases, IProgress<FinetuningProgress>? progress, CancellationToken cancellationToken)
    {
        int[] development = cases.Of(CohortSplit.Development), tests = [.. cases.Of(CohortSplit.HeldOut), .. cases.Of(CohortSplit.External)];
        List<FoldLogit> logits = [];
        int parts = settings.Repeats * settings.Folds + 1, part = 0;
        long start = time.GetTimestamp();
        int trained = 0;
        for (int repeat = 0; repeat < settings.Repeats; repeat++)
        {
            int[] folds = PatientFolds.Assign(
                [.. development.Select(n => cases.Entries[n].Patient)], [.. development.Select(n => cases.Progression[n])],
                settings.Folds, settings.Seed + 7919 * repeat);
            for (int fold = 0; fold < settings.Folds; fold++, part++)
            {
                int[] left = [.. development.Where((_, n) => folds[n] == fold)], seen = [.. development.Where((_, n) => folds[n] != fold)];
                string name = $"repeat{repeat}-fold{fold}";
                double[] z = _store.TryRead(name, left) ?? Train(name, cases, seen, left, 1 + (repeat * settings.Folds) + fold, null);
                logits.AddRange(left.Select((n, i) => new FoldLogit(n, repeat, fold, z[i])));
            }
        }

        double[] last = _store.TryRead("all", tests) ?? Train("all", cases, development, tests, 0, Path.Combine(runFolder, ModelFolder));
        logits.AddRange(tests.Select((n, i) => new FoldLogit(n, 0, -1, last[i])));
        return logits;

        double[] Train(string name, LesionCases all, int[] seen, int[] left, int number, string? folder)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Reporting reporting = new(report => Tell(name, report));
            using ITrainedClassifier classifier = training.Train(all, seen, (settings.Seed * 100_003) + number, reporting, cancellationToken);
            double[] z = classifier.Logits(all, left, cancellationToken);
            if (folder is not null)
            {
                Directory.CreateDirectory(folder);
                classifier.Write(folder);
            }

            _store.Write(name, z);
            trained++;
            Tell(name, null);
            return z;
        }

        void Tell(string name, (double Done, double Loss)? report)
        {
            double ofPart = report?.Done ?? 0, doneNow = trained + ofPart, doneAll = report is null ? part + 1 : part + ofPart;
            double seconds = time.GetElapsedTime(start).TotalSeconds;
            TimeSpan left = TimeSpan.FromSeconds(doneNow > 0 ? Math.Max(0, seconds / doneNow * (parts - doneAll)) : 0);
            progress?.Report(new FinetuningProgress(name, Math.Min(1, doneAll / parts), report?.Loss, left));
        }
    }

    // Not System.Progress: that one reports from the thread pool, late and out of order.
    private sealed class Reporting(Action<(double Done, double Loss)> report) : IProgress<(double Done, double Loss)>
    {
        public void Report((double Done, double Loss) value) => report(value);
    }
}
