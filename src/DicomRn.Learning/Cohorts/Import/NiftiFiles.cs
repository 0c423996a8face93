using System.Text.RegularExpressions;

namespace DicomRn.Learning.Cohorts.Import;

/// <summary>Finds files that may or may not be compressed: data sets are shared both ways.</summary>
internal static class NiftiFiles
{
    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true };

    /// <summary><paramref name="stem"/> with <c>.nii</c> or <c>.nii.gz</c> in a folder, or null.</summary>
    public static string? Find(string folder, string stem)
    {
        string plain = Path.Combine(folder, stem + ".nii"), compressed = plain + ".gz";
        return File.Exists(plain) ? plain : File.Exists(compressed) ? compressed : null;
    }

    /// <summary>Files below a folder whose names, without <c>.nii</c> or <c>.nii.gz</c>, match; of two that differ in the compression alone, the plain one.</summary>
    public static IReadOnlyList<(string Path, Match Match)> Matching(string folder, Regex stem)
    {
        List<(string Path, Match Match)> found = [];
        foreach (string path in Directory.EnumerateFiles(folder, "*", Below).Order(StringComparer.Ordinal))
        {
            if (Stem(path) is { } name && stem.Match(name) is { Success: true } match && (found.Count == 0 || found[^1].Path + ".gz" != path))
                found.Add((path, match));
        }

        return found;
    }

    /// <summary>Folders below a folder, and itself, in order, whose names match.</summary>
    public static IEnumerable<(string Path, Match Match)> Folders(string folder, Regex name) =>
        Directory.EnumerateDirectories(folder, "*", Below).Append(folder).Order(StringComparer.Ordinal)
            .Select(path => (path, name.Match(Path.GetFileName(path)))).Where(f => f.Item2.Success);

    private static string? Stem(string path)
    {
        string name = Path.GetFileName(path);
        foreach (string end in new[] { ".nii.gz", ".nii" })
        {
            if (name.EndsWith(end, StringComparison.OrdinalIgnoreCase))
                return name[..^end.Length];
        }

        return null;
    }
}
