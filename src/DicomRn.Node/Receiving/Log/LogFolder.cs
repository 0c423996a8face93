namespace DicomRn.Node.Receiving.Log;

/// <summary>The files of a log in a folder, which one process has at a time.</summary>
internal sealed class LogFolder : ILogDisk
{
    private const string Extension = ".log";
    private readonly FileStream _taken;

    /// <summary>Takes a folder, which is created if absent.</summary>
    /// <exception cref="IOException">Another process has it, or it cannot be written.</exception>
    public LogFolder(string path)
    {
        Path = path;
        new DurableFolders().Ensure(path);
        _taken = new FileStream(
            System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Path { get; }

    public IReadOnlyList<string> Names =>
        [.. Directory.EnumerateFiles(Path, "*" + Extension).Select(file => System.IO.Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    public ILogFile Open(string name) => LogFolderFile.Open(PathOf(name));

    public ILogFile Create(string name, long length)
    {
        LogFolderFile file = LogFolderFile.Create(PathOf(name), length);
        FolderSync.Sync(Path);
        return file;
    }

    public void Delete(string name)
    {
        File.Delete(PathOf(name));
        FolderSync.Sync(Path);
    }

    public void Dispose() => _taken.Dispose();

    private string PathOf(string name) => System.IO.Path.Combine(Path, name + Extension);
}
