namespace DicomRn.Dicom.IO;

/// <summary>A file of the file system.</summary>
internal sealed class FileReference(string path) : IFileReference
{
    public string Name { get; private set; } = path;

    public bool Exists => File.Exists(Name);

    public void Delete() => File.Delete(Name);

    public void Move(string dstFileName, bool overwrite = false)
    {
        File.Move(Name, dstFileName, overwrite);
        Name = Path.GetFullPath(dstFileName);
    }

    public override string ToString() => Name;
}
