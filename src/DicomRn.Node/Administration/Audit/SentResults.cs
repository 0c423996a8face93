namespace DicomRn.Node.Administration.Audit;

/// <summary>Results of one study that one attempt sent to one destination, or did not.</summary>
/// <param name="At">When the attempt ended.</param>
/// <param name="StudyInstanceUid">The study.</param>
/// <param name="AeTitle">The destination.</param>
/// <param name="Host">Where it is; null where the settings do not say any more.</param>
/// <param name="SopClasses">How many results of each SOP class.</param>
/// <param name="Error">Why they were not delivered; null where they were.</param>
internal sealed record SentResults(
    DateTimeOffset At, string StudyInstanceUid, string AeTitle, string? Host, IReadOnlyDictionary<string, int> SopClasses, string? Error);
