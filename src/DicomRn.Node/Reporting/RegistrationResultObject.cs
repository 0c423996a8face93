using DicomRn.Imaging.Export;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Series;
using DicomRn.Node.Matching;

namespace DicomRn.Node.Reporting;

/// <summary>The REG of a registration that was made here and used.</summary>
internal static class RegistrationResultObject
{
    /// <summary>The object.</summary>
    public static DicomFile Of(
        SeriesVolume series, SeriesVolume planning, MatchedRegistration registration, ResultHeader header, string sopInstanceUid,
        string seriesInstanceUid, int seriesNumber)
    {
        DicomFile file = new SpatialRegistrationExport
        {
            Fixed = series,
            Moving = planning,
            FixedToMoving = registration.Transform(),
            SopInstanceUid = sopInstanceUid,
            Series = new ExportSeries
            {
                SeriesInstanceUid = seriesInstanceUid,
                Number = seriesNumber,
                Description = $"Planning to follow-up ({ReportTexts.SeriesSuffix})",
                Date = header.At.DateTime,
            },
            Equipment = ProcessingDevice.Equipment,
            ContentDescription = "Rigid registration used; research use, not verified",
            ContentCreatorName = ProcessingDevice.ModelName,
            Comment = registration.Quality is { } quality ? RegistrationText.Line(quality, accepted: true) : "",
        }.ToDicomFile();
        header.Complete(file.Dataset);
        return file;
    }
}
