using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>
/// TID 1411 with the context of an earlier time point (TID 1502): what a report before said of the lesion, with its segment there. It has
/// the tracking identifier of the lesion's own group and not its tracking UID, which is optional: viewers that merge what shares a
/// tracking UID would show earlier volumes as those of today. The segment has the UID.
/// </summary>
internal static class Tid1411EarlierTimePoint
{
    /// <summary>The groups of one lesion, the earliest time point first.</summary>
    public static IEnumerable<ContentItem> Items(ReportedLesion lesion) => lesion.Result.History.Select(point => Item(lesion.Result, point));

    private static ContentItem Item(LesionResult lesion, LesionTimePoint point)
    {
        ContentItem group = ContentItem.Container(ReportCodes.MeasurementGroup)
            .With(Relationship.HasObservationContext, ContentItem.Text(ReportCodes.TrackingIdentifier, lesion.TrackingId))
            .With(
                Relationship.Contains,
                ContentItem.Code(ReportCodes.FindingCategory, ReportCodes.MorphologicallyAbnormalStructure),
                ContentItem.Code(ReportCodes.Finding, ReportCodes.Lesion))
            .With(
                Relationship.HasObservationContext,
                ContentItem.Text(ReportCodes.SubjectTimePointIdentifier, point.StudyInstanceUid),
                ContentItem.Text(ReportCodes.TimePoint, point.Date),
                ContentItem.Code(ReportCodes.TimePointType, ReportCodes.PostRadiation))
            .With(
                Relationship.Contains,
                ContentItem.Image(
                    ReportCodes.ReferencedSegment,
                    new ImageReference(point.Segmentation.SopClassUid, point.Segmentation.SopInstanceUid, Segment: point.Segment)),
                ContentItem.UidReference(ReportCodes.SourceSeriesForSegmentation, point.SourceSeriesUid))
            .With(Relationship.HasConceptModifier, ContentItem.Code(ReportCodes.FindingSite, ReportCodes.Brain));
        if (point.Probability is { } probability)
        {
            group.With(
                Relationship.Contains,
                ContentItem.Number(ReportCodes.Probability, Math.Round(probability * 100, 2), ReportCodes.Percent)
                    .With(Relationship.HasConceptModifier, ContentItem.Code(ReportCodes.Finding, ReportCodes.RadiationNecrosis)));
        }

        return group.With(
            Relationship.Contains,
            ContentItem.Number(ReportCodes.Volume, point.VolumeMm3, ReportCodes.CubicMillimetre).With(
                Relationship.HasConceptModifier, ContentItem.Code(ReportCodes.MeasurementMethod, ReportCodes.SumOfSegmentedVoxels)));
    }
}
