using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>
/// TID 1411, Volumetric ROI Measurements and Qualitative Evaluations: one lesion, its segment, its size and the answer. The finding
/// stays neutral; the class is an evaluation, because it is a prediction.
/// </summary>
internal static class Tid1411VolumetricRoi
{
    /// <summary>The group of one lesion.</summary>
    public static ContentItem Item(ReportedLesion lesion, MeasurementReport report)
    {
        InstanceReference segmentation = report.Segmentation ?? throw new InvalidOperationException("Lesions are reported without their SEG.");
        LesionResult result = lesion.Result;
        return ContentItem.Container(ReportCodes.MeasurementGroup)
            .With(
                Relationship.HasObservationContext,
                ContentItem.Text(ReportCodes.TrackingIdentifier, result.TrackingId),
                ContentItem.UidReference(ReportCodes.TrackingUniqueIdentifier, result.TrackingUid))
            .With(
                Relationship.Contains,
                ContentItem.Code(ReportCodes.FindingCategory, ReportCodes.MorphologicallyAbnormalStructure),
                ContentItem.Code(ReportCodes.Finding, ReportCodes.Lesion))
            .With(Relationship.HasObservationContext, ContentItem.Code(ReportCodes.TimePointType, ReportCodes.PostRadiation))
            .With(
                Relationship.Contains,
                ContentItem.Image(
                    ReportCodes.ReferencedSegment,
                    new ImageReference(segmentation.SopClassUid, segmentation.SopInstanceUid, Segment: lesion.SegmentNumber)),
                ContentItem.UidReference(ReportCodes.SourceSeriesForSegmentation, report.Series.SeriesInstanceUid))
            .With(Relationship.HasConceptModifier, FindingSite.Item(result))
            .With(Relationship.HasConceptModifier, report.Model is { } model ? Tid4019AlgorithmIdentification.Items(model) : [])
            .With(Relationship.Contains, Measurements(result))
            .With(Relationship.Contains, Answer(result))
            .With(Relationship.Contains, SeenMask(lesion));
    }

    private static IEnumerable<ContentItem> Measurements(LesionResult result)
    {
        if (result.Probability is { } probability)
        {
            yield return ProbabilityOf(ReportCodes.RadiationNecrosis, probability);
            yield return ProbabilityOf(ReportCodes.TumourProgression, 1 - probability);
        }

        yield return ContentItem.Number(ReportCodes.Volume, result.VolumeMm3, ReportCodes.CubicMillimetre).With(
            Relationship.HasConceptModifier, ContentItem.Code(ReportCodes.MeasurementMethod, ReportCodes.SumOfSegmentedVoxels));
        yield return ContentItem.Number(ReportCodes.LongAxis, result.LongAxisMm, ReportCodes.Millimetre);
        yield return ContentItem.Number(ReportCodes.ShortAxis, result.ShortAxisMm, ReportCodes.Millimetre);
    }

    private static ContentItem ProbabilityOf(CodedConcept aetiology, double probability) =>
        ContentItem.Number(ReportCodes.Probability, Math.Round(probability * 100, 2), ReportCodes.Percent)
            .With(Relationship.HasConceptModifier, ContentItem.Code(ReportCodes.Finding, aetiology));

    private static IEnumerable<ContentItem> Answer(LesionResult result)
    {
        yield return result.Class switch
        {
            LesionClass.RadiationNecrosis => ContentItem.Code(ReportCodes.PredictedAetiology, ReportCodes.RadiationNecrosis),
            LesionClass.TumourProgression => ContentItem.Code(ReportCodes.PredictedAetiology, ReportCodes.TumourProgression),
            LesionClass.Undetermined => ContentItem.Code(ReportCodes.PredictedAetiology, ReportCodes.Undetermined),
            _ => ContentItem.Code(ReportCodes.NotClassifiedBecause, ReportCodes.OutOfDistribution),
        };
        if (result.Label.Length > 0)
            yield return ContentItem.Text(ReportCodes.ContourName, result.Label);
        if (ReportTexts.ClinicalUsed(result) is { } used)
            yield return ContentItem.Text(ReportCodes.ClinicalDataUsed, used);
        if (ReportTexts.ClinicalMissing(result) is { } missing)
            yield return ContentItem.Text(ReportCodes.ClinicalDataMissing, missing);
        if (result.Remark is { Length: > 0 } remark)
            yield return ContentItem.Text(ReportCodes.Comment, remark);
    }

    private static IEnumerable<ContentItem> SeenMask(ReportedLesion lesion)
    {
        if (lesion.Result.Refinement is not { } refinement)
            yield break;
        yield return ContentItem.Code(ReportCodes.SeenMask, refinement.Refined ? ReportCodes.RefinedMask : ReportCodes.PlanningMask);
        string planning = lesion.PlanningSegmentNumber is { } segment ? $"; the planning mask is segment {segment}" : "";
        yield return ContentItem.Text(ReportCodes.Comment, $"{refinement.Text}{planning}.");
    }
}
