using DicomRn.Imaging.Export;
using DicomRn.Node.Classification;
using DicomRn.Node.Matching;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Reporting;

/// <summary>
/// The UIDs of the results of one study: functions of the images, contours, masks, answers, model and settings that they come from.
/// </summary>
internal sealed class ResultIdentity
{
    private readonly string _seed;

    /// <summary>The identity of the results of these records.</summary>
    /// <param name="matching">What was matched.</param>
    /// <param name="classification">What the model said; null where it was not asked.</param>
    /// <param name="instances">SOP Instance UIDs of the images.</param>
    /// <param name="options">How it is reported.</param>
    public ResultIdentity(
        MatchingRecord matching, ClassificationRecord? classification, IEnumerable<string> instances, ReportingOptions options) =>
        _seed = StepKey.Of(
            ["results", ProcessingDevice.Revision, ProcessingDevice.SoftwareVersion, matching.StudyInstanceUid,
                matching.Series?.Assumed.ToString() ?? "", matching.Contours?.SopInstanceUid ?? "",
                .. instances.Order(StringComparer.Ordinal),
                .. matching.Lesions.SelectMany(l => new[] { l.TrackingUid, l.MaskDigest }),
                .. matching.Series is { Stack: { } stack } ? [FormattableString.Invariant($"stack {stack}")] : Array.Empty<string>(),
                // Only where there is one: results without refinement keep the UIDs that they had before it existed.
                .. matching.Lesions.Select(l => l.Refinement).OfType<MatchedRefinement>().SelectMany(r => new[] { r.Outcome.ToString(), r.Why, r.PlanningMaskDigest ?? "" }),
                .. matching.Lesions.SelectMany(l => l.History).Select(h => h.Report.SopInstanceUid),
                .. matching.Registration is { } registration
                    ? [DurableRecord.Text(registration.FixedToMoving), registration.Planning?.SeriesInstanceUid ?? "", registration.Text]
                    : Array.Empty<string>(),
                .. matching.Fetched?.Notes ?? [],
                .. matching.Reasons.SelectMany(r => new[] { r.Kind.ToString(), r.Text }),
                classification is null ? "" : DurableRecord.Text(classification with { Key = "" }),
                options.ToString()]);

    /// <summary>Series Instance UID of a kind of result.</summary>
    public string Series(ResultKind kind, int number = 1) => DerivedUid.Of(_seed, "series", $"{kind}", $"{number}");

    /// <summary>SOP Instance UID of a result.</summary>
    public string Instance(ResultKind kind, int number = 1, int part = 1) => DerivedUid.Of(_seed, "instance", $"{kind}", $"{number}", $"{part}");
}
