using DicomRn.Imaging.Anatomy;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>Where a lesion lies: brain, with its laterality where the image tells it (TID 1410 and 1411).</summary>
internal static class FindingSite
{
    /// <summary>The item of a lesion.</summary>
    public static ContentItem Item(LesionResult lesion)
    {
        ContentItem site = ContentItem.Code(ReportCodes.FindingSite, ReportCodes.Brain);
        return lesion.Laterality is { } side
            ? site.With(
                Relationship.HasConceptModifier,
                ContentItem.Code(ReportCodes.Laterality, side == Laterality.Left ? ReportCodes.Left : ReportCodes.Right))
            : site;
    }
}
