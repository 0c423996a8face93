namespace DicomRn.Node.Matching;

/// <summary>What excludes a series from being the T1CE series, whatever else speaks for it.</summary>
internal static class SeriesRejection
{
    private static readonly HashSet<string> ComputedImageTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        "MPR", "MIP", "MNIP", "MAX_IP", "MIN_IP", "SUB", "SUBTRACTION", "SUBTRACT", "ADC", "FA", "TRACEW", "TRACE", "DIFFUSION", "ISOTROPIC",
        "EXP", "PERFUSION", "RCBV", "RCBF", "MTT", "TTP", "CSA REPORT", "CSAPARALLEL", "PROJECTION IMAGE", "LOCALIZER", "SCREEN SAVE",
        "PHASE MAP", "PHASE", "P", "T2 MAP", "T1 MAP", "R2 MAP", "FIELD_MAP", "B0 MAP", "REFORMATTED", "MEAN", "PASTED", "CURVED",
    };

    /// <summary>The reasons to exclude a series, none when it stays a candidate.</summary>
    public static IEnumerable<SeriesEvidence> Of(SeriesAttributes series, int minimumImages)
    {
        foreach (string type in series.ImageType.Where(ComputedImageTypes.Contains))
            yield return Because($"Image Type says {type}");
        if (SeriesVocabulary.Localizer().Match(series.Names) is { Success: true } scout)
            yield return Because($"the name says a localiser ({scout.Value})");
        if (SeriesVocabulary.Derived().Match(series.Names) is { Success: true } derived)
            yield return Because($"the name says a computed image ({derived.Value})");
        if (series.IsDiffusion)
            yield return Because("a diffusion b-value is given");
        if (series.ScanningSequence.Contains("EP"))
            yield return Because("Scanning Sequence is echo planar");
        if (SeriesVocabulary.OtherWeighting().Match(series.Names) is { Success: true } other)
            yield return Because($"the name says another weighting ({other.Value})");
        if (series.AcquisitionContrast is not ("" or "T1" or "UNKNOWN" or "MIXED"))
            yield return Because($"Acquisition Contrast is {series.AcquisitionContrast}");
        if (series is { RepetitionTime: > 2000, EchoTime: > 50 })
            yield return Because($"TR {series.RepetitionTime:0} ms and TE {series.EchoTime:0} ms are long");
        if (series.ImageCount < minimumImages)
            yield return Because($"{series.ImageCount} images are no volume");
    }

    private static SeriesEvidence Because(string observation) => new(EvidenceKind.Rejection, 0, observation);
}
