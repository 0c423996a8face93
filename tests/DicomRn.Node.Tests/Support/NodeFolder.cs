using DicomRn.Node.State;

namespace DicomRn.Node.Tests.Support;

/// <summary>A data directory that is gone after the test.</summary>
internal sealed class NodeFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("dicomrn-node-");

    public string Path => _root.FullName;

    public DataFolders Folders => new(Path);

    public void Dispose() => _root.Delete(recursive: true);
}
