namespace DicomRn.Learning.Evaluation;

/// <summary>
/// What TRIPOD+AI (Collins et al. 2024) and CLAIM 2024 (Tejani et al. 2024) ask for, as far as the program can answer it; the rest is for
/// those who report a study.
/// </summary>
internal static class ReportingChecklist
{
    private const string Authors = "To be stated by the authors.";

    public static IReadOnlyList<(string Tripod, string Claim, string Answer)> Of(EvaluationResult result)
    {
        EvaluationConfiguration s = result.Settings;
        string sizes = string.Join("; ", result.Models.GroupBy(m => m.Set).Select(g =>
            $"{SetName.Of(g.Key)}: {g.First().Auc.Positives + g.First().Auc.Negatives} lesions of {g.First().Patients} patients, {g.First().Auc.Positives} progression, {g.First().Auc.Negatives} radiation necrosis"));
        return
        [
            ("5–6 Data, participants", "Data", s.Phantoms ? "Synthetic phantoms; no patients." : Authors),
            ("7 Data preparation", "Data: pre-processing", "Settings of each run: settings.json beside its predictions."),
            ("8 Outcome", "Reference standard", s.Phantoms ? "The phantom's class, exactly known." : Authors),
            ("9 Predictors", "Model: inputs", "T1CE and lesion mask; clinical variables known on the day of the scan where a model's settings say so."),
            ("10 Sample size", "Data partitions: sizes", sizes + "."),
            ("11 Missing data", "Data: missing values", "A missing clinical value is a state of its own; no value is imputed."),
            ("12 Analytical methods", "Evaluation: metrics", $"AUC (DeLong; {s.BootstrapDraws} bootstrap draws of patients, seed {s.Seed}), paired DeLong test against {s.Reference}, sensitivity and specificity with score intervals, Brier score, calibration slope and intercept, ECE over {s.Bins} bins, net benefit."),
            ("13 Class imbalance", "Training", "Class weights where a run's settings say so; calibration undoes them."),
            ("14 Fairness", "Evaluation: subgroups", "Subgroups below."),
            ("15 Model output", "Model: output", "Calibrated probability of progression; decisions abstain by class-conditional conformal sets."),
            ("16 Training versus evaluation", "Data partitions", "By patient. Thresholds and calibration are from out-of-fold predictions; held-out and external cases are predicted once."
                + (result.Models.Any(m => m.Set == PredictedSet.LeaveCentreOut) ? " Leave-centre-out: for each centre the whole procedure, calibration and thresholds included, on the labelled cases of the others." : "")),
            ("17–19 Ethics, open science, patients", "Other", Authors),
            ("20 Participants", "Results: data", sizes + "."),
            ("21–22 Model development, specification", "Model, training", "Weights and settings of each run; the model card of a pack."),
            ("23 Model performance", "Results: performance", "The tables below." + (result.Models.Any(m => m.Set == PredictedSet.External) ? "" : " There is no external test.")),
            ("24 Model updating", "—", "None."),
            ("25–27 Interpretation, limitations, usability", "Discussion", s.Phantoms ? "Figures of phantoms say nothing of patients." : Authors),
        ];
    }
}
