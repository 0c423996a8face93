using System.Globalization;
using DicomRn.Node.Pipeline;
using DicomRn.Node.Reporting;

namespace DicomRn.Node.Tracking;

/// <summary>Reads the lesions of a report of this program back: the TID 1411 groups of a TID 1500 tree.</summary>
internal static class EarlierReportReader
{
    /// <summary>The lesions and the SEG that they refer to; none where the study was not answered.</summary>
    public static (IReadOnlyList<EarlierLesion> Lesions, EarlierReport? Segmentation) Read(DicomDataset report)
    {
        List<EarlierLesion> lesions = [];
        EarlierReport? segmentation = null;
        foreach (DicomDataset group in Children(report, ReportCodes.ImagingMeasurements).SelectMany(m => Children(m, ReportCodes.MeasurementGroup)))
        {
            // Outlines have no segment, and earlier time points no UID.
            if (Children(group, ReportCodes.ReferencedSegment).FirstOrDefault() is not { } image
                || !image.TryGetSequence(DicomTag.ReferencedSOPSequence, out DicomSequence? references) || references.Items.Count == 0
                || Text(group, ReportCodes.TrackingUniqueIdentifier, DicomTag.UID) is not { Length: > 0 } uid
                || Number(Children(group, ReportCodes.Volume).FirstOrDefault()) is not { } volume)
                continue;
            segmentation ??= Evidence(report, references.Items[0].GetSingleValueOrDefault(DicomTag.ReferencedSOPInstanceUID, ""));
            lesions.Add(new EarlierLesion(
                Text(group, ReportCodes.TrackingIdentifier, DicomTag.TextValue),
                uid,
                Text(group, ReportCodes.ContourName, DicomTag.TextValue),
                references.Items[0].GetSingleValueOrDefault(DicomTag.ReferencedSegmentNumber, (ushort)0),
                Text(group, ReportCodes.SourceSeriesForSegmentation, DicomTag.UID),
                volume,
                Probability(group),
                Class(group)));
        }

        return (lesions, segmentation);
    }

    /// <summary>An instance of the document's evidence, by its UID.</summary>
    private static EarlierReport? Evidence(DicomDataset report, string sopInstanceUid)
    {
        if (!report.TryGetSequence(DicomTag.CurrentRequestedProcedureEvidenceSequence, out DicomSequence? studies))
            return null;
        foreach (DicomDataset series in studies.Items.SelectMany(study => study.GetSequence(DicomTag.ReferencedSeriesSequence).Items))
        {
            if (series.GetSequence(DicomTag.ReferencedSOPSequence).Items.FirstOrDefault(
                i => i.GetSingleValueOrDefault(DicomTag.ReferencedSOPInstanceUID, "") == sopInstanceUid) is { } item)
            {
                return new EarlierReport(
                    series.GetSingleValueOrDefault(DicomTag.SeriesInstanceUID, ""), item.GetSingleValueOrDefault(DicomTag.ReferencedSOPClassUID, ""),
                    sopInstanceUid);
            }
        }

        return null;
    }

    private static double? Probability(DicomDataset group) => Children(group, ReportCodes.Probability)
        .Where(p => Children(p, ReportCodes.Finding).Any(f => Is(f, DicomTag.ConceptCodeSequence, ReportCodes.RadiationNecrosis)))
        .Select(p => Number(p) / 100)
        .FirstOrDefault();

    private static LesionClass Class(DicomDataset group)
    {
        DicomDataset? answer = Children(group, ReportCodes.PredictedAetiology).FirstOrDefault();
        return answer is null ? LesionClass.NotClassified
            : Is(answer, DicomTag.ConceptCodeSequence, ReportCodes.RadiationNecrosis) ? LesionClass.RadiationNecrosis
            : Is(answer, DicomTag.ConceptCodeSequence, ReportCodes.TumourProgression) ? LesionClass.TumourProgression
            : LesionClass.Undetermined;
    }

    private static double? Number(DicomDataset? item)
    {
        if (item is null || !item.TryGetSequence(DicomTag.MeasuredValueSequence, out DicomSequence? values) || values.Items.Count == 0)
            return null;
        DicomDataset value = values.Items[0];
        if (value.TryGetSingleValue(DicomTag.FloatingPointValue, out double exact))
            return exact;
        return double.TryParse(value.GetSingleValueOrDefault(DicomTag.NumericValue, ""), NumberStyles.Float, CultureInfo.InvariantCulture, out double rounded)
            ? rounded
            : null;
    }

    private static string Text(DicomDataset parent, CodedConcept concept, DicomTag tag) =>
        Children(parent, concept).FirstOrDefault()?.GetSingleValueOrDefault(tag, "") ?? "";

    private static IEnumerable<DicomDataset> Children(DicomDataset parent, CodedConcept concept) =>
        parent.TryGetSequence(DicomTag.ContentSequence, out DicomSequence? children)
            ? children.Items.Where(child => Is(child, DicomTag.ConceptNameCodeSequence, concept))
            : [];

    private static bool Is(DicomDataset item, DicomTag sequence, CodedConcept concept) =>
        item.TryGetSequence(sequence, out DicomSequence? codes) && codes.Items.Count > 0
        && codes.Items[0].GetSingleValueOrDefault(DicomTag.CodeValue, "") == concept.Value
        && codes.Items[0].GetSingleValueOrDefault(DicomTag.CodingSchemeDesignator, "") == concept.Scheme;
}
