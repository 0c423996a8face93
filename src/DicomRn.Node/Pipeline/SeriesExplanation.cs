namespace DicomRn.Node.Pipeline;

/// <summary>Why a series was taken for the contrast-enhanced T1 series, or not.</summary>
/// <param name="SeriesInstanceUid">Series Instance UID.</param>
/// <param name="Number">Series Number.</param>
/// <param name="Images">Number of images.</param>
/// <param name="Score">Points.</param>
/// <param name="Rejected">Whether an observation excludes it.</param>
/// <param name="Chosen">Whether it was taken.</param>
/// <param name="Evidence">The observations.</param>
public sealed record SeriesExplanation(
    string SeriesInstanceUid, int? Number, int Images, double Score, bool Rejected, bool Chosen, IReadOnlyList<SeriesObservation> Evidence);

/// <summary>One observation on a series.</summary>
/// <param name="Kind">What it speaks for: T1, Contrast, Anatomy, Fitness; or Rejection.</param>
/// <param name="Points">Its weight.</param>
/// <param name="Observation">The attribute and the value seen.</param>
public sealed record SeriesObservation(string Kind, double Points, string Observation);
