using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Evaluation;
using DicomRn.Learning.Packs;
using DicomRn.Learning.Training;

namespace DicomRn.Learning.Finetuning;

/// <summary>From logits to probabilities and decisions, both by the out-of-fold logits of the development cases.</summary>
/// <param name="Calibration">From logits to probabilities.</param>
/// <param name="Rule">From probabilities to decisions.</param>
internal sealed record CalibratedDecision(LogitCalibration Calibration, DecisionRule Rule)
{
    /// <param name="settings">How it is calibrated.</param>
    /// <param name="cases">All cases.</param>
    /// <param name="logits">Out-of-fold logits of the development cases; of several repeats the mean counts.</param>
    public static CalibratedDecision Of(FinetuningSettings settings, LesionCases cases, IReadOnlyList<FoldLogit> logits)
    {
        int[] development = cases.Of(CohortSplit.Development);
        ILookup<int, double> byCase = logits.ToLookup(l => l.Case, l => l.Logit);
        bool[] labels = [.. development.Select(n => cases.Progression[n])];
        double[] outOfFold = [.. development.Select(n => byCase[n].Average())];
        LogitCalibration calibration = LogitCalibration.Fit(settings.Calibration, outOfFold, labels, settings.ClassWeights);
        return new CalibratedDecision(calibration, ScoreCalibration.Decide([.. outOfFold.Select(calibration.Probability)], labels, settings.ErrorRate));
    }

    /// <summary>What is said of a case.</summary>
    public Prediction Predict(string model, LesionCases cases, FoldLogit logit)
    {
        CohortEntry e = cases.Entries[logit.Case];
        double probability = Calibration.Probability(logit.Logit);
        bool necrosis = probability <= Rule.RadiationNecrosisAtMost, progression = probability >= Rule.ProgressionAtLeast;
        return new Prediction(
            model, PredictedSets.Of(e.Split), logit.Repeat, logit.Fold, e.Centre, e.Patient, e.Lesion ?? "", e.TimePoint, cases.Progression[logit.Case],
            logit.Logit, probability, necrosis == progression ? "undecided" : necrosis ? "RN" : "progression");
    }
}
