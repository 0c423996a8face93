using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>TID 1500, Measurement Report: the root of the content tree.</summary>
internal static class Tid1500MeasurementReport
{
    /// <summary>Reasons that speak of the images themselves, and so of their quality for the question asked.</summary>
    private static readonly HashSet<CannotAnswerReason> ImageReasons =
    [
        CannotAnswerReason.NoContrastEnhancedT1, CannotAnswerReason.NotABrain, CannotAnswerReason.SeriesUnusable,
    ];

    /// <summary>The tree of a report, answered or not.</summary>
    public static ContentItem Item(MeasurementReport report)
    {
        ContentItem root = ContentItem.Container(ReportCodes.ImagingMeasurementReport)
            .With(Relationship.HasConceptModifier, Tid1204Language.Item())
            .With(Relationship.HasObservationContext, Tid1002ObserverContext.Items())
            .With(Relationship.HasConceptModifier, ContentItem.Code(ReportCodes.ProcedureReported, ReportCodes.MriUnspecifiedRegion))
            .With(Relationship.Contains, Tid1600ImageLibrary.Item(report.Series));
        if (report.Lesions.Count > 0)
        {
            root.With(
                Relationship.Contains,
                ContentItem.Container(ReportCodes.ImagingMeasurements)
                    .With(Relationship.Contains, report.Lesions.Select(lesion => Tid1411VolumetricRoi.Item(lesion, report)))
                    .With(Relationship.Contains, report.Lesions.SelectMany(Tid1410PlanarRoi.Items))
                    .With(Relationship.Contains, report.Lesions.SelectMany(Tid1411EarlierTimePoint.Items)));
        }

        return root.With(
            Relationship.Contains,
            ContentItem.Container(ReportCodes.QualitativeEvaluations).With(Relationship.Contains, Evaluations(report)));
    }

    private static IEnumerable<ContentItem> Evaluations(MeasurementReport report)
    {
        if (report.Reasons.Any(r => ImageReasons.Contains(r.Kind)))
            yield return ContentItem.Code(ReportCodes.QualityAssessment, ReportCodes.QualityNonDiagnostic);
        foreach (StudyReason reason in report.Reasons)
            yield return ContentItem.Code(ReportCodes.NotClassifiedBecause, reason.Code);
        foreach (StudyReason reason in report.Reasons)
            yield return ContentItem.Text(ReportCodes.Comment, reason.Text);
        foreach (string note in report.Notes)
            yield return ContentItem.Text(ReportCodes.Comment, note);
    }
}
