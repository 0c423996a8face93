namespace DicomRn.Benchmarks.Micro;

/// <summary>BenchmarkDotNet builds and runs copies of this program below its output folder; the models lie in the repository.</summary>
internal static class Repository
{
    /// <summary>The folder of the repository.</summary>
    public static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DicomRn.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("The benchmarks run from a checkout of the repository.");
    }
}
