namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>TID 1600, Image Library: one group per series, its common descriptors, then every image (TID 1601).</summary>
internal static class Tid1600ImageLibrary
{
    /// <summary>The library of the series reported on.</summary>
    public static ContentItem Item(ReportedSeries series) =>
        ContentItem.Container(ReportCodes.ImageLibrary).With(
            Relationship.Contains,
            ContentItem.Container(ReportCodes.ImageLibraryGroup)
                .With(Relationship.HasAcquisitionContext, Tid1602ImageDescriptors.Items(series))
                .With(
                    Relationship.Contains,
                    series.Instances.Select(i => ContentItem.Image(null, new ImageReference(i.SopClassUid, i.SopInstanceUid)))));
}
