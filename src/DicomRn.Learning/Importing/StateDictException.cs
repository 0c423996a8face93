namespace DicomRn.Learning.Importing;

/// <summary>A state dict cannot be imported. The message is one line that names the file and everything that is wrong with it.</summary>
public sealed class StateDictException : Exception
{
    /// <summary>With all that is wrong.</summary>
    public StateDictException(string file, IReadOnlyList<string> faults)
        : base($"{file}: {string.Join("; ", faults)}") => Faults = faults;

    /// <summary>All that is wrong.</summary>
    public IReadOnlyList<string> Faults { get; }
}
