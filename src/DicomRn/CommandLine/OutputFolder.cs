namespace DicomRn.CommandLine;

/// <summary>A folder that a command fills.</summary>
internal static class OutputFolder
{
    /// <summary>Makes the folder, or takes it when it is there and empty: nothing of others is mixed with or overwritten.</summary>
    /// <exception cref="JobFailedException">It is not empty, or a file.</exception>
    public static void CreateEmpty(string path)
    {
        if (File.Exists(path))
            throw new JobFailedException($"{path} is a file, not a folder.");
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            throw new JobFailedException($"{path} is not empty; give a new folder.");
        Directory.CreateDirectory(path);
    }
}
