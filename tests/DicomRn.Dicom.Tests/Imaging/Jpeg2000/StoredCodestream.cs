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

    public static byte[] Read(string name)
    {
        using Stream stream = typeof(StoredCodestream).Assembly.GetManifestResourceStream("Codestreams/" + name)
            ?? throw new InvalidOperationException($"There is no resource {name}.");
        using MemoryStream content = new();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
