namespace DicomRn.Dicom.Tests.Imaging.Jpeg2000;

/// <summary>The codestreams that are kept with the tests.</summary>
internal static class StoredCodestream
{
    /// <summary>Those of Part 1, with the images they were made of.</summary>
    public static IReadOnlyDictionary<string, TestPattern> Part1 { get; } = new Dictionary<string, TestPattern>
    {
        ["part1-colour-8.j2k"] = new(41, 31, 3, 8, false),
        ["part1-signed-12.j2k"] = new(50, 37, 1, 12, true),
        ["part1-grey-16.j2k"] = new(33, 29, 1, 16, false),
        ["part1-irreversible-8.j2k"] = new(41, 31, 3, 8, false),
    };

    /// <summary>Those of HTJ2K.</summary>
    public static IReadOnlyDictionary<string, TestPattern> HighThroughput { get; } = new Dictionary<string, TestPattern>
    {
        ["ht-grey-8.j2c"] = new(41, 31, 1, 8, false),
        ["ht-colour-8.j2c"] = new(41, 31, 3, 8, false),
        ["ht-signed-12.j2c"] = new(50, 37, 1, 12, true),
        ["ht-grey-16.j2c"] = new(33, 29, 1, 16, false),
        ["ht-signed-16.j2c"] = new(5, 70, 1, 16, true),
        ["ht-line-12.j2c"] = new(70, 1, 1, 12, false),
        ["ht-undecomposed-10.j2c"] = new(30, 21, 1, 10, false),
        ["ht-irreversible-12.j2c"] = new(41, 31, 1, 12, false),
        ["ht-irreversible-8.j2c"] = new(41, 31, 3, 8, false),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyDictionary<string, TestPattern> All { get; }
        = Part1.Concat(HighThroughput).ToDictionary(p => p.Key, p => p.Value);

    public static byte[] Read(string name)
    {
        using Stream stream = typeof(StoredCodestream).Assembly.GetManifestResourceStream("Codestreams/" + name)
            ?? throw new InvalidOperationException($"There is no resource {name}.");
        using MemoryStream content = new();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
