using DicomRn.Imaging;
using DicomRn.Imaging.Export;
using DicomRn.Imaging.Series;

namespace DicomRn.Node.Reporting;

/// <summary>
/// The SEG of the masks that the model saw: a human contour laid onto the grid of the images, or refined there. The planning masks of
/// refined ones follow as segments of their own.
/// </summary>
internal static class SegmentationResult
{
    private static readonly RgbColor[] Colors = [new(255, 128, 0), new(0, 200, 255), new(255, 64, 160), new(160, 255, 64), new(180, 120, 255)];

    /// <summary>The object.</summary>
    public static DicomFile Of(
        SeriesVolume series, IReadOnlyList<LesionMasks> lesions, ResultHeader header, string sopInstanceUid,
        string seriesInstanceUid, int seriesNumber)
    {
        SegmentationExport export = new()
        {
            Source = series,
            SopInstanceUid = sopInstanceUid,
            Series = new ExportSeries
            {
                SeriesInstanceUid = seriesInstanceUid,
                Number = seriesNumber,
                Description = $"Lesions as seen by the model ({ReportTexts.SeriesSuffix})",
                Date = header.At.DateTime,
            },
            Equipment = ProcessingDevice.Equipment,
            ContentLabel = "LESIONS",
            ContentDescription = "Masks used by the model; research use, not verified",
            ContentCreatorName = ProcessingDevice.ModelName,
            Segments = [.. lesions.Select(Seen), .. lesions.Select(Planned).OfType<SegmentDefinition>()],
        };
        DicomFile file = export.ToDicomFile();
        header.Complete(file.Dataset);
        return file;
    }

    /// <summary>The segment of a lesion's planning mask; null where the model saw that.</summary>
    /// <param name="lesions">All lesions.</param>
    /// <param name="index">Of the lesion, from 0.</param>
    public static int? PlanningSegment(IReadOnlyList<LesionMasks> lesions, int index) =>
        lesions[index].Planning is null ? null : lesions.Count + lesions.Take(index + 1).Count(l => l.Planning is not null);

    private static SegmentDefinition Seen(LesionMasks l, int n) => new()
    {
        Mask = l.Mask,
        Label = l.Lesion.TrackingId,
        Description = $"Contour {l.Lesion.Number} {(l.Planning is null ? "on the grid of the images" : "refined on the images, as the model saw it")}; research use, not verified",
        TrackingId = l.Lesion.TrackingId,
        TrackingUid = l.Lesion.TrackingUid,
        AnatomicRegion = new CodedTerm(ReportCodes.Brain.Value, ReportCodes.Brain.Scheme, ReportCodes.Brain.Meaning),
        AlgorithmType = SegmentAlgorithmType.Semiautomatic,
        AlgorithmName = ProcessingDevice.ModelName,
        Color = Colors[n % Colors.Length],
    };

    private static SegmentDefinition? Planned(LesionMasks l, int n) => l.Planning is null ? null : Seen(l, n) with
    {
        Mask = l.Planning,
        Label = $"{l.Lesion.TrackingId} planning",
        Description = $"Planning contour {l.Lesion.Number} on the grid of the images, which the model did not see; research use, not verified",
        TrackingId = $"{l.Lesion.TrackingId} planning",
        TrackingUid = DerivedUid.Of("planning mask", l.Lesion.TrackingUid),
    };
}
