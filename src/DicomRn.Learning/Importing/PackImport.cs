using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Packs;

namespace DicomRn.Learning.Importing;

/// <summary>Writes an imported model as a pack.</summary>
public static class PackImport
{
    /// <summary>Calibrates the model where there is a cohort, and writes the pack.</summary>
    /// <returns>The pack, read again and verified.</returns>
    /// <exception cref="CohortException">A case of the cohort cannot be read, or there are too few.</exception>
    public static async Task<ModelPack> WriteAsync(
        ImportedModel model, PackImportOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        PackCalibration calibration = options.Cohort is { } cohort
            ? await CohortCalibration.FitAsync(model, options.Preprocessing, cohort, options.ErrorRate, progress, cancellationToken)
            : PackCalibration.None(options, model.Configuration.HiddenSize);
        ModelManifest manifest = new()
        {
            SchemaVersion = ModelManifest.CurrentSchemaVersion,
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Folder))),
            Version = options.Version,
            IntendedUse = options.IntendedUse,
            TrainedOnPhantoms = options.TrainedOnPhantoms,
            TrainingData = options.TrainingData,
            Architecture = "vit3d",
            Configuration = model.Configuration,
            Preprocessing = options.Preprocessing,
            Calibration = calibration.Calibration,
            Decision = calibration.Decision,
            Novelty = calibration.Novelty,
            Measured = calibration.Measured,
            Files = [],
        };
        return ModelPack.Write(options.Folder, manifest, model.Weights, calibration.Distance, ImportedModelCard.Of(manifest, model, options));
    }
}
