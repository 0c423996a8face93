namespace DicomRn.Node.Matching;

/// <summary>What speaks for and against T1 weighting.</summary>
internal static class T1Evidence
{
    /// <summary>The evidence in one series.</summary>
    public static IEnumerable<SeriesEvidence> Of(SeriesAttributes series)
    {
        string names = series.Names;
        if (SeriesVocabulary.T1().Match(names) is { Success: true } t1)
            yield return For(2, $"the name says T1 ({t1.Value})");
        if (SeriesVocabulary.Volumetric().Match(names) is { Success: true } volumetric)
            yield return For(2, $"the name says a T1 volume sequence ({volumetric.Value})");
        if (SeriesVocabulary.FastSpinEchoVolume().Match(names) is { Success: true } cube && series is not { RepetitionTime: > 1500 })
            yield return For(0.5, $"the name says a fast spin echo volume ({cube.Value})");
        if (series.AcquisitionContrast == "T1")
            yield return For(2, "Acquisition Contrast is T1");
        if (series.Is3D)
            yield return For(1, "MR Acquisition Type is 3D");
        if (series.ScanningSequence.Contains("GR") && series.SequenceVariant.Contains("MP"))
            yield return For(1.5, "gradient echo with magnetisation preparation");
        else if (series.ScanningSequence.Contains("GR") && series is { RepetitionTime: < 50, EchoTime: < 10 })
            yield return For(1, $"gradient echo with TR {series.RepetitionTime:0.#} ms and TE {series.EchoTime:0.#} ms");
        else if (series.SequenceVariant.Contains("SP") && series.ScanningSequence.Contains("GR"))
            yield return For(0.5, "spoiled gradient echo");
        if (series.ScanningSequence.Contains("SE") && series is { RepetitionTime: > 0 and < 1000, EchoTime: > 0 and < 30 })
            yield return For(1.5, $"spin echo with TR {series.RepetitionTime:0} ms and TE {series.EchoTime:0.#} ms");
        if (series.EchoTime is > 40)
            yield return For(-2, $"TE {series.EchoTime:0} ms is long");
    }

    private static SeriesEvidence For(double points, string observation) => new(EvidenceKind.T1, points, observation);
}
