namespace DicomRn.Fuzzing;

/// <summary>
/// Files to begin with: built-in ones, of images drawn by a program and encoded with the tools of others, and the DICOM files below a
/// folder.
/// </summary>
internal static class SeedFiles
{
    private const int LongestFile = 64 * 1024;

    public static IReadOnlyList<byte[]> Read(string? folder)
    {
        List<byte[]> files = [];
        foreach (string name in typeof(SeedFiles).Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            using Stream resource = typeof(SeedFiles).Assembly.GetManifestResourceStream(name)!;
            byte[] bytes = new byte[resource.Length];
            resource.ReadExactly(bytes);
            files.Add(bytes);
        }

        if (folder is not null)
        {
            files.AddRange(new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
                .Where(file => file.Length is > 0 and <= LongestFile)
                .OrderBy(file => file.FullName, StringComparer.Ordinal)
                .Select(file => File.ReadAllBytes(file.FullName)));
        }

        return files;
    }
}
