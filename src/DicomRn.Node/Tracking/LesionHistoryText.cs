using System.Globalization;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Tracking;

/// <summary>The history of lesions as a table for the reader: a line per lesion, the earliest time point first.</summary>
internal static class LesionHistoryText
{
    /// <summary>The lines, of lesions that have a history.</summary>
    /// <param name="lesions">The lesions.</param>
    /// <param name="date">Study Date of the study.</param>
    public static IEnumerable<string> Lines(IEnumerable<LesionResult> lesions, string date) => lesions.Where(l => l.History.Count > 0).Select(l =>
        $"{l.TrackingId} over time: {string.Join("; ", l.History.Select(h => Of(h.Date, h.VolumeMm3, h.Probability)))}; "
        + $"{Of(date, l.VolumeMm3, l.Probability)} ({Change(l)} of volume since {l.History[^1].Date}).");

    private static string Of(string date, double volume, double? probability) => probability is { } p
        ? string.Create(CultureInfo.InvariantCulture, $"{date} {volume:0} mm3, P(necrosis) {p * 100:0.0} %")
        : string.Create(CultureInfo.InvariantCulture, $"{date} {volume:0} mm3, not classified");

    private static string Change(LesionResult lesion) =>
        string.Create(CultureInfo.InvariantCulture, $"{(lesion.VolumeMm3 / lesion.History[^1].VolumeMm3 - 1) * 100:+0;-0;0} %");
}
