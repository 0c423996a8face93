using System.Security.Cryptography;
using System.Text;
using DicomRn.Learning.Configuration;

namespace DicomRn.Learning.Training;

/// <summary>The folder of a run.</summary>
internal static class RunFolder
{
    /// <summary>
    /// A run carries on with the settings that it began with, or not at all. A setting that the program did not have yet when the run began
    /// counts with its default.
    /// </summary>
    /// <exception cref="InvalidDataException">The folder holds a run with other settings.</exception>
    /// <exception cref="ConfigurationException">Its settings cannot be read.</exception>
    public static void KeepSettings<T>(string folder, string name, T deciding)
        where T : class
    {
        string wanted = ConfigurationFile.Write(deciding), path = Path.Combine(folder, name);
        Directory.CreateDirectory(folder);
        if (File.Exists(path) && ConfigurationFile.Write(ConfigurationFile.Read<T>(path, _ => [])) != wanted)
            throw new InvalidDataException($"{folder} holds a run with other settings ({name}); give another folder.");
        WriteWhole(path, wanted);
    }

    /// <summary>A run carries on with the data that it began with, or not at all: what is done already came of them.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="crops">Its crops: files and preprocessing.</param>
    /// <param name="weights">File of the weights that it starts from; null for none.</param>
    /// <exception cref="InvalidDataException">The folder holds a run with other data.</exception>
    public static void KeepData(string folder, CohortCrops crops, string? weights = null)
    {
        string all = $"{crops.Fingerprint}\n{ConfigurationFile.Write(crops.Entries)}\n{(weights is null ? "" : Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(weights))))}";
        string wanted = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all))), path = Path.Combine(folder, "data.sha256");
        if (File.Exists(path) && File.ReadAllText(path) != wanted)
            throw new InvalidDataException($"{folder} holds a run with other data: cohort or encoder have changed since; give another folder.");
        WriteWhole(path, wanted);
    }

    /// <summary>Replaces a file as a whole and durably, so that an interruption leaves the one before.</summary>
    public static void WriteWhole(string path, string text)
    {
        string unfinished = path + ".part";
        using (FileStream file = new(unfinished, FileMode.Create, FileAccess.Write))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
