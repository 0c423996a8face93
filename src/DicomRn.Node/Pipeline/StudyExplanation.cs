using DicomRn.Node.Matching;

namespace DicomRn.Node.Pipeline;

/// <summary>Why a study's lesions were measured on which series, with which contours, or on none.</summary>
/// <param name="Series">Every MR series, the most likely first.</param>
/// <param name="Contours">Every structure set and segmentation that could be read, in the order of preference.</param>
/// <param name="Notes">What was noted on the way: registration, what could not be read, what was left out.</param>
public sealed record StudyExplanation(
    IReadOnlyList<SeriesExplanation> Series, IReadOnlyList<ContourExplanation> Contours, IReadOnlyList<string> Notes)
{
    /// <summary>Reads the record that matching left in a study's work folder; everything is empty where there is none.</summary>
    public static async Task<StudyExplanation> ReadAsync(string workFolder, CancellationToken cancellationToken)
    {
        MatchingRecord? record = await DurableRecord.ReadAsync<MatchingRecord>(Path.Combine(workFolder, MatchingRecord.FileName), cancellationToken);
        string? chosen = record?.Series is { Chosen: true } series ? series.SeriesInstanceUid : null;
        return new StudyExplanation(
            [
                .. (record?.Candidates ?? []).Select(c => new SeriesExplanation(
                    c.SeriesInstanceUid, c.Number, c.Images, c.Score, c.Rejected, c.SeriesInstanceUid == chosen,
                    [.. c.Evidence.Select(e => new SeriesObservation(e.Kind.ToString(), e.Points, e.Observation))])),
            ],
            [
                .. (record?.ContourDecisions ?? []).Select(d => new ContourExplanation(
                    d.Kind, d.SopInstanceUid, d.Used, d.Why, [.. d.Regions.Select(r => new RegionExplanation(r.Number, r.Name, r.Used, r.Why))])),
            ],
            record?.Notes ?? []);
    }
}
