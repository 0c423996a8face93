using DicomRn.Node.Matching;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Tracking;

/// <summary>What this program reported of an earlier study of the patient.</summary>
internal sealed record EarlierTimePoint
{
    /// <summary>Study Instance UID.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>Study Date, YYYYMMDD.</summary>
    public required string Date { get; init; }

    /// <summary>The report.</summary>
    public required EarlierReport Report { get; init; }

    /// <summary>The segmentation that the report refers to.</summary>
    public required EarlierReport Segments { get; init; }

    /// <summary>Its lesions.</summary>
    public required IReadOnlyList<EarlierLesion> Lesions { get; init; }

    /// <summary>That segmentation, with the masks; null where it could not be had.</summary>
    public StudyFile? Segmentation { get; init; }

    /// <summary>
    /// The time points before a study, the latest first: of each study the last report that has lesions, with the SEG it refers to. The
    /// date decides what is before; a report without one is left out.
    /// </summary>
    /// <param name="results">Results of this program of other studies of the patient.</param>
    /// <param name="studyDate">Study Date of the study.</param>
    public static IReadOnlyList<EarlierTimePoint> Before(IReadOnlyList<StudyFile> results, string studyDate)
    {
        Dictionary<string, StudyFile> segmentations = results.Where(r => StudyFiles.IsSegmentation(r.SopClassUid)).ToDictionary(r => r.SopInstanceUid);
        List<EarlierTimePoint> all = [];
        foreach (StudyFile file in results.Where(r => r.Modality == "SR"))
        {
            string date = file.Dataset.GetSingleValueOrDefault(DicomTag.StudyDate, "");
            if (date.Length == 0 || studyDate.Length == 0 || string.CompareOrdinal(date, studyDate) > 0)
                continue;
            (IReadOnlyList<EarlierLesion> lesions, EarlierReport? segmentation) = EarlierReportReader.Read(file.Dataset);
            if (lesions.Count == 0 || segmentation is null)
                continue;
            all.Add(new EarlierTimePoint
            {
                StudyInstanceUid = file.StudyInstanceUid,
                Date = date,
                Report = new EarlierReport(file.SeriesInstanceUid, file.SopClassUid, file.SopInstanceUid),
                Segments = segmentation,
                Lesions = lesions,
                Segmentation = segmentations.GetValueOrDefault(segmentation.SopInstanceUid),
                WrittenAt = file.Dataset.GetSingleValueOrDefault(DicomTag.ContentDate, "") + file.Dataset.GetSingleValueOrDefault(DicomTag.ContentTime, ""),
            });
        }

        return
        [
            .. all.GroupBy(t => t.StudyInstanceUid)
                .Select(study => study.OrderByDescending(t => t.WrittenAt, StringComparer.Ordinal)
                    .ThenBy(t => t.Report.SopInstanceUid, StringComparer.Ordinal).First())
                .OrderByDescending(t => t.Date, StringComparer.Ordinal)
                .ThenBy(t => t.StudyInstanceUid, StringComparer.Ordinal),
        ];
    }

    private string WrittenAt { get; init; } = "";
}
