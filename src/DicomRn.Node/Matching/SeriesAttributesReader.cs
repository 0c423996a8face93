using System.Globalization;

namespace DicomRn.Node.Matching;

/// <summary>Reads <see cref="SeriesAttributes"/> from the data sets of a series, classic or enhanced (PS3.3 C.8.3, C.8.13).</summary>
internal static class SeriesAttributesReader
{
    /// <summary>The attributes of a series.</summary>
    /// <param name="instances">Its instances, at least one.</param>
    public static SeriesAttributes Read(IReadOnlyList<StudyFile> instances)
    {
        DicomDataset d = instances[0].Dataset;
        DicomDataset? timing = Shared(d, DicomTag.MRTimingAndRelatedParametersSequence);
        DicomDataset? echo = Shared(d, DicomTag.MREchoSequence);
        DicomDataset? pulse = Shared(d, DicomTag.PixelMeasuresSequence);
        DicomDataset? usage = Shared(d, DicomTag.ContrastBolusUsageSequence);

        // A legacy converted image keeps what single-frame images had, and enhanced ones have no place for, aside.
        DicomDataset? aside = Shared(d, DicomTag.UnassignedSharedConvertedAttributesSequence), asideOfFrame = Shared(d, DicomTag.UnassignedPerFrameConvertedAttributesSequence);
        DicomDataset[] all = [.. new[] { d, aside, asideOfFrame }.OfType<DicomDataset>()];
        return new SeriesAttributes
        {
            SeriesInstanceUid = instances[0].SeriesInstanceUid,
            FrameOfReferenceUid = Text(d, DicomTag.FrameOfReferenceUID) is { Length: > 0 } frame ? frame : null,
            SeriesNumber = int.TryParse(Text(d, DicomTag.SeriesNumber), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : null,
            Description = Text(d, DicomTag.SeriesDescription),
            Protocol = AnyText(all, DicomTag.ProtocolName),
            SequenceName = AnyText(all, DicomTag.SequenceName) is { Length: > 0 } name ? name : Text(d, DicomTag.PulseSequenceName),
            ImageType = Values(d, DicomTag.ImageType),
            ScanningSequence = ScanningSequence(d, all),
            SequenceVariant = AnyValues(all, DicomTag.SequenceVariant),
            Is3D = AnyText(all, DicomTag.MRAcquisitionType).StartsWith("3D", StringComparison.Ordinal),
            RepetitionTime = AnyNumber(all, DicomTag.RepetitionTime) ?? Number(timing, DicomTag.RepetitionTime),
            EchoTime = AnyNumber(all, DicomTag.EchoTime) ?? Number(echo, DicomTag.EffectiveEchoTime),
            AcquisitionContrast = Text(d, DicomTag.AcquisitionContrast) is { Length: > 0 } contrast
                ? contrast
                : Text(Shared(d, DicomTag.MRImageFrameTypeSequence), DicomTag.AcquisitionContrast),
            IsDiffusion = (Number(d, DicomTag.DiffusionBValue) ?? Number(Shared(d, DicomTag.MRDiffusionSequence), DicomTag.DiffusionBValue)) > 0,
            ContrastAgent = Text(usage, DicomTag.ContrastBolusAgentAdministered) == "NO"
                ? "NO"
                : all.Any(s => s.Contains(DicomTag.ContrastBolusAgent)) ? AnyText(all, DicomTag.ContrastBolusAgent) : null,
            HasContrastAdministration = Text(usage, DicomTag.ContrastBolusAgentAdministered) == "YES" || Number(d, DicomTag.ContrastBolusVolume) > 0
                || Number(d, DicomTag.ContrastBolusTotalDose) > 0
                || Text(d, DicomTag.ContrastBolusStartTime).Length > 0
                || HasItems(d, DicomTag.ContrastBolusAgentSequence),
            BodyPart = Text(d, DicomTag.BodyPartExamined),
            StudyDescription = Text(d, DicomTag.StudyDescription),
            AcquiredAt = AcquiredAt(d),
            Rows = d.GetSingleValueOrDefault(DicomTag.Rows, (ushort)0),
            Columns = d.GetSingleValueOrDefault(DicomTag.Columns, (ushort)0),
            SliceThickness = Number(d, DicomTag.SliceThickness) ?? Number(pulse, DicomTag.SliceThickness),
            ImageCount = instances.Sum(i => Math.Max(1, (int)(Number(i.Dataset, DicomTag.NumberOfFrames) ?? 1))),
        };
    }

    private static IReadOnlyList<string> ScanningSequence(DicomDataset d, DicomDataset[] all)
    {
        IReadOnlyList<string> classic = AnyValues(all, DicomTag.ScanningSequence);
        if (classic.Count > 0)
            return classic;
        List<string> enhanced = [];
        string echo = Text(d, DicomTag.EchoPulseSequence);
        if (echo is "SPIN" or "BOTH")
            enhanced.Add("SE");
        if (echo is "GRADIENT" or "BOTH")
            enhanced.Add("GR");
        if (Text(Shared(d, DicomTag.MRModifierSequence), DicomTag.InversionRecovery) == "YES")
            enhanced.Add("IR");
        if (Text(d, DicomTag.EchoPlanarPulseSequence) == "YES")
            enhanced.Add("EP");
        return enhanced;
    }

    private static DateTime? AcquiredAt(DicomDataset d)
    {
        string combined = Text(d, DicomTag.AcquisitionDateTime);
        if (combined.Length >= 14)
            return Parse(combined[..8], combined[8..]);
        return Parse(Text(d, DicomTag.AcquisitionDate), Text(d, DicomTag.AcquisitionTime))
            ?? Parse(Text(d, DicomTag.SeriesDate), Text(d, DicomTag.SeriesTime));
    }

    private static DateTime? Parse(string date, string time) =>
        time.Length >= 6 && DateTime.TryParseExact(
            date + time[..6], "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime at) ? at : null;

    private static DicomDataset? Shared(DicomDataset d, DicomTag group)
    {
        foreach (DicomTag level in new[] { DicomTag.SharedFunctionalGroupsSequence, DicomTag.PerFrameFunctionalGroupsSequence })
        {
            if (d.TryGetSequence(level, out DicomSequence? groups) && groups.Items.Count > 0
                && groups.Items[0].TryGetSequence(group, out DicomSequence? items) && items.Items.Count > 0)
                return items.Items[0];
        }

        return null;
    }

    private static bool HasItems(DicomDataset d, DicomTag tag) =>
        d.TryGetSequence(tag, out DicomSequence? items) && items.Items.Count > 0;

    private static string Text(DicomDataset? d, DicomTag tag) =>
        d is not null && d.TryGetString(tag, out string? text) && text is not null ? text.Trim() : "";

    private static string AnyText(DicomDataset[] sources, DicomTag tag) => sources.Select(s => Text(s, tag)).FirstOrDefault(t => t.Length > 0, "");

    private static double? AnyNumber(DicomDataset[] sources, DicomTag tag) => sources.Select(s => Number(s, tag)).FirstOrDefault(n => n is not null);

    private static IReadOnlyList<string> AnyValues(DicomDataset[] sources, DicomTag tag) =>
        sources.Select(s => Values(s, tag)).FirstOrDefault(v => v.Count > 0, []);

    private static IReadOnlyList<string> Values(DicomDataset d, DicomTag tag) =>
        d.TryGetValues(tag, out string[]? values) && values is not null ? [.. values.Select(v => v.Trim())] : [];

    // Read as text, because real decimal strings carry more than the VR allows.
    private static double? Number(DicomDataset? d, DicomTag tag) =>
        d is not null && d.TryGetString(tag, out string? text)
        && double.TryParse(text?.Split('\\')[0].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}
