using System.Globalization;
using DicomRn.Learning.Packs;

namespace DicomRn.Learning.Training;

/// <summary>The model card of a pack (Mitchell et al. 2019), from what its manifest and its run say.</summary>
internal static class ModelCard
{
    public static string Of(ModelManifest m, PhantomTrainingOptions options)
    {
        TrainingSettings t = options.Training;
        FormattableString text = $"""
            # {m.Name} {m.Version}

            **Trained on synthetic phantoms; not for clinical use.** It shows that the program works from end to end. It has
            never seen a patient, and its figures say nothing about patients.

            ## What it is
            A 3D Vision Transformer (patch {m.Configuration.PatchSize}, hidden size {m.Configuration.HiddenSize}, {m.Configuration.Layers} layers, {m.Configuration.Heads} heads), parameter names of MONAI's `ViT`. Input: T1CE and
            lesion mask, {m.Preprocessing.CropVoxels}³ voxels of {m.Preprocessing.SpacingMm} mm around the lesion's centroid, intensities relative to the brain's median. Output:
            one logit, positive for progression, negative for radiation necrosis.

            ## What it was trained on
            {m.TrainingData} {options.ValidationPatients} more (seeds from {PhantomTrainingOptions.FirstValidationSeed}) chose the epoch and set temperature,
            decision thresholds and the limit of novelty. Each patient is in one set only.

            In the phantoms every lesion holds regions that look as necrosis does (thin, feathery, fading rim; septa in the core) and
            regions that look as tumour does (thick rim, nodules, sharp margin); the share of the former is drawn from Beta(4, 2)
            for necrosis and from Beta(2, 4) for progression. So even a perfect reader of that share would be wrong at times.

            Training: {t.Epochs} epochs, batches of {t.BatchSize}, AdamW, learning rate {t.LearningRate}, weight decay {t.WeightDecay}, class-weighted cross-entropy, random
            turns, mirrorings and intensity changes; {100 * t.OuterPatchDropRate:F0} % of the outer patches left out but for the last {100 * t.AllPatchesShare:F0} % of the updates; seed {t.Seed}.
            No self-supervised pre-training. Beside the lesion's class (weight 1), the patches are told which look they show (weight
            {t.PatchTargetWeight}): the phantoms know it, patients' data would not.

            ## Measured on unseen phantoms
            | cohort | score | AUC | 95 % interval (DeLong) | necrosis / progression |
            |---|---|---|---|---|
            {string.Join('\n', m.Measured.Select(f => f.CardRow))}

            Calibration: temperature {m.Calibration.Temperature:F3}, for equally frequent classes ({m.Calibration.Cases} cases). Decision at an error rate of {100 * m.Decision.ErrorRate:F0} % per
            class: necrosis at a probability of progression up to {m.Decision.RadiationNecrosisAtMost:F3}, progression from {m.Decision.ProgressionAtLeast:F3} on, undetermined between
            ({m.Decision.RadiationNecrosisCases} and {m.Decision.ProgressionCases} cases). Out of distribution: beyond the distance of {100 * m.Novelty.Quantile:F0} % of {m.Novelty.Cases} unseen cases.

            ## Limits
            - The phantoms' anatomy is coarse and their two looks are made up after descriptions; a real T1CE lies outside of what the
              model knows, and the novelty limit was set on phantoms alone.
            - Both centres were seen in training; the figures are no test on a third.
            - Probabilities assume equally frequent classes, not those of a clinic.

            """;
        return text.ToString(CultureInfo.InvariantCulture);
    }
}
