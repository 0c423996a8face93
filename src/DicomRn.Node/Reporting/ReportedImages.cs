using DicomRn.Node.Matching;
using DicomRn.Node.Pipeline;
using DicomRn.Node.Reporting.StructuredReport;

namespace DicomRn.Node.Reporting;

/// <summary>The series of a matching record as the report names it.</summary>
internal static class ReportedImages
{
    /// <summary>The series.</summary>
    /// <param name="matching">The record.</param>
    /// <param name="image">One of its images.</param>
    /// <param name="instances">All of its images.</param>
    public static ReportedSeries Of(MatchingRecord matching, DicomDataset image, IReadOnlyList<InstanceReference> instances) => new()
    {
        StudyInstanceUid = matching.StudyInstanceUid,
        SeriesInstanceUid = matching.Series!.SeriesInstanceUid,
        FrameOfReferenceUid = matching.Series.FrameOfReferenceUid,
        StudyDate = image.TryGetString(DicomTag.StudyDate, out string? date) ? date : null,
        Rows = image.GetSingleValueOrDefault(DicomTag.Rows, (ushort)0),
        Columns = image.GetSingleValueOrDefault(DicomTag.Columns, (ushort)0),
        IsBrain = matching.Reasons.All(r => r.Kind != CannotAnswerReason.NotABrain),
        Instances = instances,
    };
}
