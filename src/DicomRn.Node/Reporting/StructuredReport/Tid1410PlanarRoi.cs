namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>
/// TID 1410, Planar ROI Measurements: an outline of the lesion on one slice, for viewers that draw only outlines
/// on images. It shares the tracking UID of the volumetric group.
/// </summary>
internal static class Tid1410PlanarRoi
{
    /// <summary>The groups of one lesion, one per outline.</summary>
    public static IEnumerable<ContentItem> Items(ReportedLesion lesion) => lesion.Outlines.Select(outline => Item(lesion, outline));

    private static ContentItem Item(ReportedLesion lesion, LesionOutline outline) =>
        ContentItem.Container(ReportCodes.MeasurementGroup)
            .With(
                Relationship.HasObservationContext,
                ContentItem.Text(ReportCodes.TrackingIdentifier, lesion.Result.TrackingId),
                ContentItem.UidReference(ReportCodes.TrackingUniqueIdentifier, lesion.Result.TrackingUid))
            .With(
                Relationship.Contains,
                ContentItem.Code(ReportCodes.FindingCategory, ReportCodes.MorphologicallyAbnormalStructure),
                ContentItem.Code(ReportCodes.Finding, ReportCodes.Lesion),
                ContentItem.Outline(ReportCodes.ImageRegion, outline.Points)
                    .With(Relationship.SelectedFrom, ContentItem.Image(null, outline.Image)))
            .With(Relationship.HasConceptModifier, FindingSite.Item(lesion.Result))
            .With(Relationship.Contains, ContentItem.Number(ReportCodes.Area, outline.AreaMm2, ReportCodes.SquareMillimetre));
}
