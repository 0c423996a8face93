using System.Globalization;
using DicomRn.Learning.Packs;

namespace DicomRn.Learning.Finetuning;

/// <summary>The model card (Mitchell et al. 2019) of a pack that a fine-tuning wrote, from what its manifest and its run say.</summary>
internal static class FinetunedModelCard
{
    public static string Of(ModelManifest m, FinetuningConfiguration run, int cases)
    {
        FinetuningSettings t = run.Training;
        FormattableString text = $"""
            # {m.Name} {m.Version}
            {Standing(m)}
            **Intended use:** {m.IntendedUse}

            ## What it is
            A 3D Vision Transformer (patch {m.Configuration.PatchSize}, hidden size {m.Configuration.HiddenSize}, {m.Configuration.Layers} layers, {m.Configuration.Heads} heads), parameter names of MONAI's `ViT`. Input: T1CE and
            lesion mask, {m.Preprocessing.CropVoxels}³ voxels of {m.Preprocessing.SpacingMm} mm around the lesion's centroid, intensities relative to the brain's median. Output:
            one logit, positive for progression, negative for radiation necrosis.

            {Clinical(m)}

            ## What it was trained on
            {m.TrainingData} {cases} lesions with a label ({m.Decision.RadiationNecrosisCases} necrosis, {m.Decision.ProgressionCases} progression).

            {Start(run)} Training: {t.Epochs} epochs, batches of {t.BatchSize}, AdamW, learning rate {t.LearningRate}, layer decay {t.LayerDecay}, weight decay {t.WeightDecay},
            {(t.ClassWeights ? "class-weighted " : "")}cross-entropy, random turns, mirrorings and intensity changes; seed {t.Seed}.

            ## Measured on unseen cases
            | cohort | score | AUC | 95 % interval (DeLong) | necrosis / progression |
            |---|---|---|---|---|
            {string.Join('\n', m.Measured.Select(f => f.CardRow))}

            Out-of-fold figures are of the {t.Folds} models of the cross-validation ({t.Repeats} {(t.Repeats == 1 ? "repeat" : "repeats, logits averaged")}), which saw fewer cases than this one; the others are
            of this model. Intervals take lesions as independent, although a patient may have several.

            Calibration, by out-of-fold logits ({m.Calibration.Cases} cases): temperature {m.Calibration.Temperature:F3}, intercept {m.Calibration.Intercept:F3}; probabilities hold where {100 * m.Calibration.ProgressionPrevalence:F0} % are progression.
            Decision at an error rate of {100 * m.Decision.ErrorRate:F0} % per class: {Decision(m.Decision)}
            Out of distribution: beyond the distance of {100 * m.Novelty.Quantile:F0} % of the out-of-fold cases ({m.Novelty.Cases}) to the training cases of their fold.

            ## Limits
            - Small sets give wide intervals: read them, not the figures alone.
            - It was measured at the centres named above; other scanners and protocols may change what it says.
            - It knows what it was told on the day of the scan: image, mask{(m.Fusion is null ? "" : " and clinical variables")}; earlier scans are not seen.

            """;
        return text.ToString(CultureInfo.InvariantCulture);
    }

    private static string Standing(ModelManifest m) => m.TrainedOnPhantoms
        ? """

            **Trained on synthetic phantoms; not for clinical use.** It has never seen a patient, and its figures say nothing about patients.

            """
        : "";

    private static string Clinical(ModelManifest m) => m.Fusion is not { } fusion
        ? "The image alone decides."
        : $"Clinical variables come in by {Words(fusion.Kind)}, a token per group: {string.Join(", ", fusion.Groups.Select(g => Words(g)))}. A missing value is\n"
            + "a state of its own, nothing is imputed. Means, spreads and primaries of the training cases are in the manifest"
            + (fusion.Primaries.Count > 0 ? $" (primaries: {string.Join(", ", fusion.Primaries)})." : ".")
            + (fusion.HiddenShare > 0
                ? string.Create(CultureInfo.InvariantCulture, $"\nIn training {100 * fusion.HiddenShare:0.#} % of the values but the volume were hidden, so that it learnt to do without any of them.\n\n")
                : "\nA lesion without a variable that no training case lacked is not classified.\n\n")
            + "| variable | known in training cases | missing |\n|---|---|---|\n"
            + string.Join('\n', fusion.Variables.Select(v => $"| {v.Name} | {v.Known} | {v.Missing} |"));

    private static string Start(FinetuningConfiguration run) => run.Encoder is null
        ? "From scratch, without pre-training."
        : "From an encoder pre-trained without labels; trained on labels: " + (run.Training.Trained switch
        {
            TrainedPart.Full => "all of it.",
            TrainedPart.LastBlocks => $"its last {run.Training.TrainedBlocks} blocks.",
            _ => "only what stands on top of it.",
        });

    private static string Decision(DecisionRule rule)
    {
        string necrosis = rule.RadiationNecrosisAtMost < 0 ? "necrosis never (too few cases)" : string.Create(CultureInfo.InvariantCulture, $"necrosis at a probability of progression up to {rule.RadiationNecrosisAtMost:F3}");
        string progression = rule.ProgressionAtLeast > 1 ? "progression never (too few cases)" : string.Create(CultureInfo.InvariantCulture, $"progression from {rule.ProgressionAtLeast:F3} on");
        return $"{necrosis}, {progression},\nundetermined where both or none hold.";
    }

    private static string Words(Enum name) => string.Concat(name.ToString().Select((c, n) => n > 0 && char.IsUpper(c) ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
