using DicomRn.Imaging;
using DicomRn.Imaging.Export;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.Node.Matching;

namespace DicomRn.Node.Reporting;

/// <summary>The SEG of the masks that the model saw: a human contour laid onto the grid of the images.</summary>
internal static class SegmentationResult
{
    private static readonly RgbColor[] Colors = [new(255, 128, 0), new(0, 200, 255), new(255, 64, 160), new(160, 255, 64), new(180, 120, 255)];

    /// <summary>The object.</summary>
    public static DicomFile Of(
        SeriesVolume series, IReadOnlyList<(MatchedLesion Lesion, Volume<byte> Mask)> lesions, ResultHeader header, string sopInstanceUid,
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
            Segments = [.. lesions.Select((l, n) => new SegmentDefinition
            {
                Mask = l.Mask,
                Label = l.Lesion.TrackingId,
                Description = $"Contour {l.Lesion.Number} on the grid of the images; research use, not verified",
                TrackingId = l.Lesion.TrackingId,
                TrackingUid = l.Lesion.TrackingUid,
                AnatomicRegion = new CodedTerm(ReportCodes.Brain.Value, ReportCodes.Brain.Scheme, ReportCodes.Brain.Meaning),
                AlgorithmType = SegmentAlgorithmType.Semiautomatic,
                AlgorithmName = ProcessingDevice.ModelName,
                Color = Colors[n % Colors.Length],
            })],
        };
        DicomFile file = export.ToDicomFile();
        header.Complete(file.Dataset);
        return file;
    }
}
