namespace DicomRn.Node.Receiving.Log;

/// <summary>Where the files of an <see cref="InstanceLog"/> are: a folder, or a disk that a test can take the power from.</summary>
internal interface ILogDisk : IDisposable
{
    /// <summary>Names of the files there.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    ILogFile Open(string name);

    /// <summary>Creates a file of zeros. It has its blocks, and file and name are durable.</summary>
    /// <exception cref="IOException">There is no space for it, or it cannot be written.</exception>
    ILogFile Create(string name, long length);

    /// <summary>Removes a file that is closed.</summary>
    void Delete(string name);
}
