using System.IO.Enumeration;

namespace DicomRn.Dicom.Tests.Corpus;

/// <summary>A difference from another program that is as it should be.</summary>
/// <param name="File">Path of the file below the data; * stands for anything.</param>
/// <param name="Element">Path of the element, such as "(0040,a730)[1]/(0040,a040)"; * stands for anything.</param>
/// <param name="What">What differs, "ours → theirs"; * stands for anything.</param>
/// <param name="Reason">Why that is right.</param>
internal sealed record KnownDifference(string File, string Element, string What, string Reason)
{
    public bool Covers(Difference difference) =>
        FileSystemName.MatchesSimpleExpression(File, difference.File, ignoreCase: false)
        && FileSystemName.MatchesSimpleExpression(Element, difference.Element, ignoreCase: false)
        && FileSystemName.MatchesSimpleExpression(What, difference.What, ignoreCase: false);
}

/// <summary>What one element of a file has here and in another program.</summary>
internal sealed record Difference(string File, string Element, string What)
{
    /// <summary>Fails on a difference that is not known, and on a known one that no longer is there.</summary>
    public static void AssertKnown(IReadOnlyCollection<Difference> found, IReadOnlyList<KnownDifference> known)
    {
        List<Difference> unknown = [];
        HashSet<KnownDifference> gone = [.. known];
        foreach (Difference difference in found)
        {
            KnownDifference? reason = known.FirstOrDefault(k => k.Covers(difference));
            if (reason is null)
                unknown.Add(difference);
            else
                gone.Remove(reason);
        }

        string message = string.Join('\n', unknown.Take(100).Select(static d => $"not listed: {d.File} {d.Element}: {d.What}")
            .Concat(gone.Select(static k => $"listed, but does not occur: {k.File} {k.Element}: {k.What} ({k.Reason})")));
        Assert.True(message.Length == 0, $"{unknown.Count} differences are not listed, {gone.Count} listed ones do not occur.\n{message}");
    }
}
