using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Rendering;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.Node.Matching;

namespace DicomRn.Node.Reporting;

/// <summary>A registration that was made here and used, as a picture: both images in alternate squares.</summary>
internal static class FusionCheckerboard
{
    /// <summary>The Secondary Capture.</summary>
    public static DicomFile Of(
        SeriesVolume series, SeriesVolume planning, MatchedRegistration registration, ResultHeader header, string sopInstanceUid,
        string seriesInstanceUid, int seriesNumber)
    {
        Volume<float> carried = RegisteredImage.OnGrid(planning.Volume, series.Volume.Geometry, registration.Transform());
        RgbImage picture = Checkerboard.Render(series.Volume, carried);
        return new DicomFile(new OverlayCapture
        {
            SopInstanceUid = sopInstanceUid,
            SeriesInstanceUid = seriesInstanceUid,
            SeriesNumber = seriesNumber,
            InstanceNumber = 1,
            SeriesDescription = $"Planning on follow-up ({ReportTexts.SeriesSuffix})",
            Derivation = $"The contrast-enhanced T1 series and, tinted, the registered planning series ({planning.Modality}) in alternate squares on the middle slices. {ReportTexts.Standing}",
            Source = LesionOutlines.Image(series.Series.Instances[series.Volume.Geometry.Slices / 2]),
            Lossy = series.Lossy ?? planning.Lossy,
            Columns = picture.Columns,
            Rows = picture.Rows,
            Rgb = picture.Pixels,
        }.ToDataset(header));
    }
}
