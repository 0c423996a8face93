namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>TID 1602, Image Library Entry Descriptors, as far as the images of a series have them in common.</summary>
internal static class Tid1602ImageDescriptors
{
    /// <summary>The descriptors.</summary>
    public static IEnumerable<ContentItem> Items(ReportedSeries series)
    {
        yield return ContentItem.Code(ReportCodes.Modality, ReportCodes.MagneticResonance);
        if (series.IsBrain)
            yield return ContentItem.Code(ReportCodes.TargetRegion, ReportCodes.Head);
        if (series.StudyDate is { Length: > 0 } date)
            yield return ContentItem.Date(ReportCodes.StudyDate, date);
        if (series.FrameOfReferenceUid is { } frame)
            yield return ContentItem.UidReference(ReportCodes.FrameOfReferenceUid, frame);
        yield return ContentItem.Number(ReportCodes.PixelDataRows, series.Rows, ReportCodes.Pixels);
        yield return ContentItem.Number(ReportCodes.PixelDataColumns, series.Columns, ReportCodes.Pixels);
    }
}
