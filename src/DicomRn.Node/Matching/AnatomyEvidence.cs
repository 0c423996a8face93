namespace DicomRn.Node.Matching;

/// <summary>What speaks for a brain, or for another part of the body.</summary>
internal static class AnatomyEvidence
{
    /// <summary>Points of a series whose body part is not the head: enough to say "not a brain".</summary>
    public const double OtherBodyPart = -6;

    /// <summary>The evidence in one series.</summary>
    public static IEnumerable<SeriesEvidence> Of(SeriesAttributes series)
    {
        if (series.BodyPart.Length > 0 && Judge(series.BodyPart) is { } byBodyPart)
        {
            yield return new(EvidenceKind.Anatomy, byBodyPart ? 1 : OtherBodyPart, $"Body Part Examined is {series.BodyPart}");
            yield break;
        }

        string names = $"{series.StudyDescription} {series.Names}";
        if (Judge(names) is { } byName)
        {
            string word = (byName ? SeriesVocabulary.Brain() : SeriesVocabulary.OtherBodyPart()).Match(names).Value;
            yield return new(EvidenceKind.Anatomy, byName ? 1 : OtherBodyPart, $"the descriptions say {word}");
        }
    }

    private static bool? Judge(string text) =>
        SeriesVocabulary.Brain().IsMatch(text) ? true : SeriesVocabulary.OtherBodyPart().IsMatch(text) ? false : null;
}
