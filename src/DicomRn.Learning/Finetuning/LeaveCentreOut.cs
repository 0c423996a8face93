using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Evaluation;

namespace DicomRn.Learning.Finetuning;

/// <summary>
/// For each centre the whole procedure on the labelled cases of all the others, of whatever split: cross-validation, calibration, thresholds, one
/// classifier of all of them, which predicts the centre. Nothing of a centre is in what predicts it.
/// </summary>
/// <param name="configuration">The run.</param>
/// <param name="training">How a classifier is trained.</param>
/// <param name="time">For the time left.</param>
internal sealed class LeaveCentreOut(FinetuningConfiguration configuration, IClassifierTraining training, TimeProvider time)
{
    /// <summary>The folder of the parts, below that of the run, with a subfolder for each centre in the order of their names.</summary>
    public const string FolderName = "leave-centre-out";

    /// <summary>Predictions of all cases, each by a classifier that has seen nothing of its centre.</summary>
    /// <param name="cases">All cases.</param>
    /// <param name="progress">Told where it stands, by the centre that is left out.</param>
    /// <param name="cancellationToken">Ends it; what is done is stored.</param>
    /// <exception cref="ArgumentException">There is one centre only, or the others have too few patients for the folds.</exception>
    public IReadOnlyList<Prediction> Run(LesionCases cases, Func<string, int, IProgress<FinetuningProgress>?> progress, CancellationToken cancellationToken)
    {
        string[] centres = Centres(cases);
        if (centres.Length < 2)
            throw new ArgumentException($"all labelled lesions are of one centre, {centres.FirstOrDefault()}: none can be left out (training.leaveCentreOut).", nameof(cases));
        FinetuningSettings settings = configuration.Training with { Repeats = 1 };
        List<Prediction> predictions = [];
        for (int number = 0; number < centres.Length; number++)
        {
            string centre = centres[number], folder = Path.Combine(configuration.Run, FolderName, $"{number}");
            LesionCases split = cases.Split([.. cases.Entries.Select(e => e with { Split = e.Centre == centre ? CohortSplit.External : CohortSplit.Development })]);
            IReadOnlyList<FoldLogit> logits = new CrossValidation(training, settings, folder, time).Run(split, progress(centre, number), cancellationToken);
            CalibratedDecision decision = CalibratedDecision.Of(settings, split, logits);
            predictions.AddRange(logits.Where(l => l.Fold < 0).Select(
                l => decision.Predict(configuration.Name, split, l) with { Set = PredictedSet.LeaveCentreOut, Fold = number }));
        }

        return predictions;
    }

    /// <summary>The centres of the cases, by name.</summary>
    public static string[] Centres(LesionCases cases) => [.. cases.Entries.Select(e => e.Centre).Distinct().Order(StringComparer.Ordinal)];
}
