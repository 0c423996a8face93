using DicomRn.Learning.Inference;
using DicomRn.Learning.Model;
using DicomRn.Learning.Preprocessing;

namespace DicomRn.Learning.Pretraining;

/// <summary>The configuration file of <c>pretrain</c>.</summary>
public sealed record PretrainingConfiguration
{
    /// <summary>Folder of the cohort; relative paths are relative to the file.</summary>
    public required string Cohort { get; init; }

    /// <summary>Folder of the run: checkpoints, metrics, and at the end the encoder.</summary>
    public required string Run { get; init; }

    /// <summary>Sizes of the encoder; it sees one channel, T1CE.</summary>
    public VitConfiguration Model { get; init; } = VitConfiguration.Small;

    /// <summary>How images become sub-volumes; the crop is as large as the encoder's input.</summary>
    public PreprocessingSettings? Preprocessing { get; init; }

    /// <summary>Objective and schedule.</summary>
    public PretrainingSettings Training { get; init; } = new();

    /// <summary>Where it computes.</summary>
    public ComputeDevice Device { get; init; }

    /// <summary>CPU threads of the computation; 0 for one per core.</summary>
    public int Threads { get; init; }

    /// <summary>The encoder with one channel.</summary>
    internal VitConfiguration Encoder => Model with { InChannels = 1 };

    /// <summary>The preprocessing, its crop as large as the encoder's input where nothing is said.</summary>
    internal PreprocessingSettings Crops => Preprocessing ?? new PreprocessingSettings { CropVoxels = Model.ImageSize };

    /// <summary>Reads a file.</summary>
    /// <exception cref="Configuration.ConfigurationException">It is wrong; all errors are told.</exception>
    public static PretrainingConfiguration Read(string path)
    {
        PretrainingConfiguration read = Configuration.ConfigurationFile.Read<PretrainingConfiguration>(path, c => c.Faults());
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return read with { Cohort = Path.GetFullPath(read.Cohort, folder), Run = Path.GetFullPath(read.Run, folder) };
    }

    /// <summary>What is wrong with the settings, each with the setting's name.</summary>
    public IEnumerable<string> Faults()
    {
        string? sizes = null;
        try
        {
            Encoder.Validate();
        }
        catch (ArgumentException e)
        {
            sizes = $"model: {e.Message}";
        }

        if (sizes is not null)
            yield return sizes;
        if (Crops.CropVoxels != Model.ImageSize)
            yield return $"preprocessing.cropVoxels: {Crops.CropVoxels} is not model.imageSize, {Model.ImageSize}";
        if (Training.Pooling == TokenPooling.Lesion)
            yield return "training.Pooling: not lesion, as no mask is seen";
        else if (!Model.ClassToken && Training.Pooling is not (TokenPooling.Mean or TokenPooling.Centre))
            yield return "training.Pooling: mean or centre, as model.classToken is false";
        if (Threads < 0)
            yield return "threads: 0 or more";
        foreach (string fault in Training.Faults())
            yield return $"training.{fault}";
    }
}
