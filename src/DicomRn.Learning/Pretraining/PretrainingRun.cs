using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Plots;
using DicomRn.Learning.Torch;
using DicomRn.Learning.Training;
using DicomRn.Learning.Weights;
using static TorchSharp.torch;

namespace DicomRn.Learning.Pretraining;

/// <summary>Pre-trains an encoder on a cohort.</summary>
public static class PretrainingRun
{
    /// <summary>The folder of the encoder below that of the run.</summary>
    public const string EncoderFolder = "encoder";

    private const string SettingsName = "settings.json";

    /// <summary>Runs, or carries on, a pre-training.</summary>
    /// <returns>The folder of the encoder.</returns>
    /// <exception cref="CohortException">The cohort cannot be read.</exception>
    /// <exception cref="InvalidDataException">The folder holds a run with other settings, or too few scans are there.</exception>
    /// <exception cref="TorchUnavailableException">CUDA is asked for and not there.</exception>
    public static async Task<string> RunAsync(
        PretrainingConfiguration configuration,
        TimeProvider time,
        IProgress<double>? preparing,
        IProgress<PretrainingProgress>? training,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<CohortEntry> scans = Cohort.Read(configuration.Cohort).PretrainingScans();
        try
        {
            // Before anything is kept in the folder, so that it is free for settings that suit the cohort.
            PretrainingDivision.Of([.. scans.Select(s => s.Patient)], configuration.Training);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"{configuration.Cohort}: {e.Message}", e);
        }

        RunFolder.KeepSettings(configuration.Run, SettingsName, configuration with
        {
            Run = "",
            Device = ComputeDevice.Auto,
            Threads = 0,
            Training = configuration.Training with { Workers = 1 },
        });
        HeapReuse.Begin();
        TorchRuntime.SetThreads(configuration.Threads);
        Device device = TorchDevice.Choose(configuration.Device);
        using CohortCrops crops = await CohortCrops.PrepareAsync(scans, configuration.Crops, configuration.Run, preparing, cancellationToken);
        RunFolder.KeepData(configuration.Run, crops);
        IReadOnlyDictionary<string, StoredTensor> weights = new PretrainingTrainer(configuration.Training, device, time)
            .Train(configuration.Encoder, crops, configuration.Run, training, cancellationToken);
        string folder = Path.Combine(configuration.Run, EncoderFolder);
        new PretrainedEncoder(configuration.Encoder, configuration.Crops, weights).Write(folder);
        Plot(configuration.Run);
        return folder;
    }

    private static void Plot(string runFolder)
    {
        MetricsTable metrics = MetricsTable.Read(Path.Combine(runFolder, "metrics.csv"));
        IReadOnlyList<double> steps = metrics["step"];
        new LinePlot("Pre-training", "update", "loss",
        [
            new PlotLine("training", steps, metrics["loss"]),
            new PlotLine("validation", steps, metrics["validation_loss"], Markers: true),
        ]).Write(Path.Combine(runFolder, "metrics"));
    }
}
