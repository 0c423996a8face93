namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>An empty folder that is removed with everything in it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public ScratchFolder() => Path = Directory.CreateTempSubdirectory("dicomrn-e2e-").FullName;

    public string Path { get; }

    /// <summary>The path of something in the folder.</summary>
    public string this[params string[] parts] => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that was just killed may still hold a file on some systems; the folder is a temporary one.
        }
    }
}
