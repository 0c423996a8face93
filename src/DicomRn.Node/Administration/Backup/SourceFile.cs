namespace DicomRn.Node.Administration.Backup;

/// <summary>Opens what is backed up, beside a node that works with it.</summary>
internal static class SourceFile
{
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new FileNotFoundException(e.Message, path, e);
        }
    }
}
