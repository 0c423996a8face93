namespace DicomRn.TestSupport;

/// <summary>The public test data of others, which lies beside the repository and is never part of it.</summary>
internal static class TestData
{
    /// <summary>The patients of <c>mr-rtstruct-sts</c>: T1 of limbs with a soft-tissue sarcoma and its contours.</summary>
    public static TheoryData<string> SarcomaPatients => new("STS_002", "STS_008", "STS_019", "STS_025", "STS_026", "STS_035", "STS_042");

    /// <summary>
    /// The path of a file or folder below the shared test data, or a skipped test where it is absent.
    /// </summary>
    /// <param name="parts">Path segments below the data folder, for instance <c>"seg-sr", "dcmqi"</c>.</param>
    public static string Require(params string[] parts)
    {
        string relative = Path.Combine(parts);
        string? root = Root;
        if (root is null)
            Assert.Skip($"The shared test data is not here (wanted {relative}); set DICOMRN_TEST_DATA to its folder.");
        string path = Path.Combine(root, relative);
        if (!Path.Exists(path))
            Assert.Skip($"The shared test data has no {relative}.");
        return path;
    }

    private static string? Root
    {
        get
        {
            if (Environment.GetEnvironmentVariable("DICOMRN_TEST_DATA") is { Length: > 0 } set)
                return Directory.Exists(set) ? set : null;
            for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
            {
                if (!File.Exists(Path.Combine(d.FullName, "DicomRn.sln")))
                    continue;
                string beside = Path.GetFullPath(Path.Combine(d.FullName, "..", "shared", "data"));
                return Directory.Exists(beside) ? beside : null;
            }

            return null;
        }
    }
}
