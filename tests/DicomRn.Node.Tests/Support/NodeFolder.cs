using DicomRn.Node.State;

namespace DicomRn.Node.Tests.Support;

/// <summary>A data directory that is gone after the test.</summary>
/// <param name="below">Where it is; null for the folder of temporary files.</param>
internal sealed class NodeFolder(string? below = null) : IDisposable
{
    private readonly DirectoryInfo _root = below is null
        ? Directory.CreateTempSubdirectory("dicomrn-node-")
        : Directory.CreateDirectory(System.IO.Path.Combine(below, "node"));

    public string Path => _root.FullName;

    public DataFolders Folders => new(Path);

    public void Dispose() => _root.Delete(recursive: true);
}
