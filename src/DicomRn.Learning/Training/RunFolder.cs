using DicomRn.Learning.Configuration;

namespace DicomRn.Learning.Training;

/// <summary>The folder of a run.</summary>
internal static class RunFolder
{
    /// <summary>A run carries on with the settings that it began with, or not at all.</summary>
    /// <exception cref="InvalidDataException">The folder holds a run with other settings.</exception>
    public static void KeepSettings<T>(string folder, string name, T deciding)
        where T : class
    {
        string wanted = ConfigurationFile.Write(deciding), path = Path.Combine(folder, name);
        Directory.CreateDirectory(folder);
        if (File.Exists(path) && File.ReadAllText(path) != wanted)
            throw new InvalidDataException($"{folder} holds a run with other settings ({name}); give another folder.");
        File.WriteAllText(path, wanted);
    }
}
