using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Tracking;

/// <summary>A lesion of an earlier report of this program.</summary>
/// <param name="TrackingId">Tracking ID.</param>
/// <param name="TrackingUid">Tracking UID.</param>
/// <param name="Contour">Name of its contour in its source; empty where the report does not tell.</param>
/// <param name="Segment">Its segment in the SEG that the report refers to.</param>
/// <param name="SourceSeriesUid">The series that was measured.</param>
/// <param name="VolumeMm3">Volume, mm³.</param>
/// <param name="Probability">Probability of radiation necrosis, 0 to 1; null where the model did not apply.</param>
/// <param name="Class">What it was taken for.</param>
internal sealed record EarlierLesion(
    string TrackingId, string TrackingUid, string Contour, int Segment, string SourceSeriesUid, double VolumeMm3, double? Probability, LesionClass Class);
