namespace DicomRn.Learning.Configuration;

/// <summary>A configuration file cannot be used. The message is one line that names the file and everything that is wrong with it.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>With all that is wrong.</summary>
    public ConfigurationException(string file, IReadOnlyList<string> faults)
        : base($"{file}: {string.Join("; ", faults)}") => Faults = faults;

    /// <summary>All that is wrong, each with the setting's name.</summary>
    public IReadOnlyList<string> Faults { get; }
}
