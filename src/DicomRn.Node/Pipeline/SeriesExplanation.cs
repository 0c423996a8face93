using DicomRn.Node.Matching;

namespace DicomRn.Node.Pipeline;

/// <summary>Why a series was taken for the contrast-enhanced T1 series, or not.</summary>
/// <param name="SeriesInstanceUid">Series Instance UID.</param>
/// <param name="Number">Series Number.</param>
/// <param name="Images">Number of images.</param>
/// <param name="Score">Points.</param>
/// <param name="Rejected">Whether an observation excludes it.</param>
/// <param name="Evidence">The observations.</param>
public sealed record SeriesExplanation(
    string SeriesInstanceUid, int? Number, int Images, double Score, bool Rejected, IReadOnlyList<SeriesObservation> Evidence)
{
    /// <summary>Reads the record that matching left in a study's work folder, the most likely series first; empty where there is none.</summary>
    public static async Task<IReadOnlyList<SeriesExplanation>> ReadAsync(string workFolder, CancellationToken cancellationToken)
    {
        MatchingRecord? record = await DurableRecord.ReadAsync<MatchingRecord>(Path.Combine(workFolder, MatchingRecord.FileName), cancellationToken);
        return
        [
            .. (record?.Candidates ?? []).Select(c => new SeriesExplanation(
                c.SeriesInstanceUid, c.Number, c.Images, c.Score, c.Rejected,
                [.. c.Evidence.Select(e => new SeriesObservation(e.Kind.ToString(), e.Points, e.Observation))])),
        ];
    }
}

/// <summary>One observation on a series.</summary>
/// <param name="Kind">What it speaks for: T1, Contrast, Anatomy, Fitness; or Rejection.</param>
/// <param name="Points">Its weight.</param>
/// <param name="Observation">The attribute and the value seen.</param>
public sealed record SeriesObservation(string Kind, double Points, string Observation);
