namespace DicomRn.Node.Matching;

/// <summary>
/// What speaks for and against contrast agent. Real T1CE series lack the contrast attributes, or carry them empty, so
/// their absence says nothing.
/// </summary>
internal static class ContrastEvidence
{
    private static readonly HashSet<string> Negations = new(StringComparer.OrdinalIgnoreCase)
    {
        "NO", "NONE", "N", "NO CONTRAST", "WITHOUT", "0", "NATIVE", "NIL", "N/A", "NA", "UNKNOWN",
    };

    /// <summary>The evidence in one series, seen among all series of the study.</summary>
    public static IEnumerable<SeriesEvidence> Of(SeriesAttributes series, IReadOnlyList<SeriesAttributes> study)
    {
        string agent = series.ContrastAgent?.Trim() ?? "";
        if (Negations.Contains(agent))
            yield return For(-2, $"Contrast/Bolus Agent is {agent}");
        else if (agent.Length > 0)
            yield return For(3, "Contrast/Bolus Agent is given");
        else if (series.HasContrastAdministration)
            yield return For(2.5, "contrast administration (volume, start time or agent code) is given");

        if (SeriesVocabulary.Native().Match(series.Names) is { Success: true } native)
            yield return For(-4, $"the name says no contrast agent ({native.Value.Trim()})");
        else if (SeriesVocabulary.Contrast().Match(series.Names) is { Success: true } contrast)
            yield return For(3, $"the name says contrast agent ({contrast.Value.Trim()})");
        else if (study.FirstOrDefault(other => IsNativeTwin(other, series)) is { } twin)
            yield return For(2, $"acquired after series {twin.SeriesNumber?.ToString() ?? twin.SeriesInstanceUid}, the same sequence without contrast agent");
    }

    /// <summary>Whether <paramref name="other"/> is the same sequence, earlier, and says itself that it is native.</summary>
    private static bool IsNativeTwin(SeriesAttributes other, SeriesAttributes series) =>
        other.SeriesInstanceUid != series.SeriesInstanceUid
        && other.AcquiredAt < series.AcquiredAt
        && other.Rows == series.Rows && other.Columns == series.Columns
        && SameSequence(other, series)
        && (SeriesVocabulary.Native().IsMatch(other.Names) || Negations.Contains(other.ContrastAgent?.Trim() ?? "-"));

    /// <summary>Whether two series have the same timing and kind of sequence, so that their brightness can be compared.</summary>
    public static bool SameSequence(SeriesAttributes a, SeriesAttributes b) =>
        Near(a.RepetitionTime, b.RepetitionTime) && Near(a.EchoTime, b.EchoTime) && a.Is3D == b.Is3D
        && a.ScanningSequence.SequenceEqual(b.ScanningSequence);

    private static bool Near(double? a, double? b) =>
        a is { } x && b is { } y && Math.Abs(x - y) <= 0.02 * Math.Max(Math.Abs(x), Math.Abs(y));

    private static SeriesEvidence For(double points, string observation) => new(EvidenceKind.Contrast, points, observation);
}
