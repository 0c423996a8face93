using DicomRn.Learning.Configuration;
using DicomRn.Learning.Model;
using DicomRn.Learning.Preprocessing;
using DicomRn.Learning.Weights;

namespace DicomRn.Learning.Pretraining;

/// <summary>A pre-trained encoder as a folder: <c>encoder.json</c> and <c>weights.safetensors</c> with MONAI's names.</summary>
/// <param name="Configuration">Its sizes; one channel where it was pre-trained here, one or two where it was imported.</param>
/// <param name="Preprocessing">How its sub-volumes were made.</param>
/// <param name="Weights">Its parameters by name.</param>
internal sealed record PretrainedEncoder(
    VitConfiguration Configuration, PreprocessingSettings Preprocessing, IReadOnlyDictionary<string, StoredTensor> Weights)
{
    private const string DescriptionName = "encoder.json";
    /// <summary>The file of the weights.</summary>
    public const string WeightsName = "weights.safetensors";

    private sealed record Description
    {
        public required VitConfiguration Model { get; init; }

        public required PreprocessingSettings Preprocessing { get; init; }
    }

    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        SafeTensors.Write(Path.Combine(folder, WeightsName), Weights);
        File.WriteAllText(
            Path.Combine(folder, DescriptionName),
            ConfigurationFile.Write(new Description { Model = Configuration, Preprocessing = Preprocessing }));
    }

    /// <summary>What an encoder says of itself.</summary>
    /// <exception cref="ConfigurationException">There is no encoder, or its description is wrong.</exception>
    public static (VitConfiguration Configuration, PreprocessingSettings Preprocessing) Describe(string folder)
    {
        Description description = ConfigurationFile.Read<Description>(Path.Combine(folder, DescriptionName), _ => []);
        return (description.Model, description.Preprocessing);
    }

    /// <exception cref="ConfigurationException">There is no encoder, or its description is wrong.</exception>
    /// <exception cref="InvalidDataException">The weights cannot be read.</exception>
    public static PretrainedEncoder Read(string folder)
    {
        (VitConfiguration configuration, PreprocessingSettings preprocessing) = Describe(folder);
        return new PretrainedEncoder(configuration, preprocessing, SafeTensors.Read(Path.Combine(folder, WeightsName)));
    }
}
