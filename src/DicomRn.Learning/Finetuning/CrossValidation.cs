using DicomRn.Learning.Cohorts;

namespace DicomRn.Learning.Finetuning;

/// <summary>
/// Repeated cross-validation by patient on the development cases, then one classifier of all of them for the tests. Every part has its own
/// seed and is stored when it is done.
/// </summary>
/// <param name="training">How a classifier is trained.</param>
/// <param name="settings">Folds, repeats and seed.</param>
/// <param name="runFolder">Where it is stored.</param>
/// <param name="time">For the time left.</param>
/// <param name="needsDistances">Whether a fold without distances counts as not done: an older program kept none.</param>
internal sealed class CrossValidation(
    IClassifierTraining training, FinetuningSettings settings, string runFolder, TimeProvider time, bool needsDistances = false)
{
    /// <summary>The folder of the classifier of all development cases, below that of the run.</summary>
    public const string ModelFolder = "model";

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
                double[]? distances = _store.TryRead(FoldStore.DistancesOf(name), left);
                double[]? z = needsDistances && distances is null ? null : _store.TryRead(name, left);
                if (z is null)
                {
                    z = Train(name, cases, seen, left, 1 + (repeat * settings.Folds) + fold, null);
                    distances = _store.TryRead(FoldStore.DistancesOf(name), left);
                }

                logits.AddRange(left.Select((n, i) => new FoldLogit(n, repeat, fold, z[i], distances?[i])));
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
            else if (classifier.Distances(all, seen, left, cancellationToken) is { } distances)
            {
                _store.Write(FoldStore.DistancesOf(name), distances);
            }

            // Last: they say that the part is done.
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
