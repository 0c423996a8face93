using System.Globalization;
using DicomRn.Learning.Packs;

namespace DicomRn.Learning.Importing;

/// <summary>The model card of an imported pack, from what its manifest and its import say.</summary>
internal static class ImportedModelCard
{
    public static string Of(ModelManifest m, ImportedModel model, PackImportOptions options)
    {
        FormattableString text = $"""
            # {m.Name} {m.Version}

            {m.IntendedUse}

            ## What it is
            A 3D Vision Transformer (patch {m.Configuration.PatchSize}, hidden size {m.Configuration.HiddenSize}, {m.Configuration.Layers} layers, {m.Configuration.Heads} heads, {model.Parameters} parameters) that was trained elsewhere and
            imported. Input: {(m.Configuration.InChannels == 2 ? "T1CE and lesion mask" : "T1CE")}, {m.Preprocessing.CropVoxels}³ voxels of {m.Preprocessing.SpacingMm} mm around the lesion's centroid, intensities relative to
            the brain's median (0 for the median, 1 for 15 % more, clipped at ±{m.Preprocessing.ClipAt}). Output: one logit, positive for progression, negative for
            radiation necrosis.

            ## What it was trained on
            {m.TrainingData}

            ## How it was imported
            From `{Path.GetFileName(model.Source)}`, SHA-256 `{model.SourceSha256()}`.
            {string.Join('\n', model.Remarks.Select(r => $"- {r}"))}

            ## Calibration
            {Calibration(m, options)}

            ## Measured
            {Measured(m)}

            ## Limits
            - Whether the model saw images prepared as above in its training is not known to this program.
            - Probabilities assume equally frequent classes, not those of a clinic.

            """;
        return text.ToString(CultureInfo.InvariantCulture);
    }

    private static string Calibration(ModelManifest m, PackImportOptions options) => options.Cohort is null
        ? string.Create(CultureInfo.InvariantCulture, $"""
            None: no cohort was given at import. Probabilities use the stated temperature {m.Calibration.Temperature:G4}, no class is ever decided, and whether a lesion is
            unlike those of the training is not judged.
            """)
        : string.Create(CultureInfo.InvariantCulture, $"""
            On the {m.Calibration.Cases} development lesions of the cohort `{Path.GetFileName(options.Cohort.Folder)}` ({m.Decision.RadiationNecrosisCases} of necrosis, {m.Decision.ProgressionCases} of progression): temperature {m.Calibration.Temperature:F3}.
            Decision at an error rate of {100 * m.Decision.ErrorRate:F0} % per class: necrosis at a probability of progression up to {m.Decision.RadiationNecrosisAtMost:F3},
            progression from {m.Decision.ProgressionAtLeast:F3} on, undetermined between (-1 and 2: never). Out of distribution: beyond the distance of {100 * m.Novelty.Quantile:F0} % of these
            lesions to those of other patients. If the model was trained on these lesions, all of this is too good.
            """);

    private static string Measured(ModelManifest m) => m.Measured.Count == 0
        ? "Nothing."
        : "| cohort | score | AUC | 95 % interval (DeLong) | necrosis / progression |\n|---|---|---|---|---|\n" + string.Join('\n', m.Measured.Select(f => f.CardRow));
}
