namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>
/// TID 1410, Planar ROI Measurements: the lesion's outline on the slice of largest area, for viewers that draw only outlines
/// on images. It shares the tracking UID of the volumetric group.
/// </summary>
internal static class Tid1410PlanarRoi
{
    /// <summary>The group of one lesion.</summary>
    public static ContentItem Item(ReportedLesion lesion) =>
        ContentItem.Container(ReportCodes.MeasurementGroup)
            .With(
                Relationship.HasObservationContext,
                ContentItem.Text(ReportCodes.TrackingIdentifier, lesion.Result.TrackingId),
                ContentItem.UidReference(ReportCodes.TrackingUniqueIdentifier, lesion.Result.TrackingUid))
            .With(
                Relationship.Contains,
                ContentItem.Code(ReportCodes.FindingCategory, ReportCodes.MorphologicallyAbnormalStructure),
                ContentItem.Code(ReportCodes.Finding, ReportCodes.Lesion),
                ContentItem.Outline(ReportCodes.ImageRegion, lesion.Outline)
                    .With(Relationship.SelectedFrom, ContentItem.Image(null, lesion.LargestSlice)))
            .With(Relationship.HasConceptModifier, ContentItem.Code(ReportCodes.FindingSite, ReportCodes.Brain))
            .With(Relationship.Contains, ContentItem.Number(ReportCodes.Area, lesion.AreaMm2, ReportCodes.SquareMillimetre));
}
