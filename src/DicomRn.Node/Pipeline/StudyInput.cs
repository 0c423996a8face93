namespace DicomRn.Node.Pipeline;

/// <summary>One study as the steps see it: its files and what the user decided for them.</summary>
public sealed record StudyInput
{
    /// <summary>Study Instance UID (0020,000D); every result is filed under it.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>Absolute paths of the study's Part-10 files, in any order. Files of another study are refused.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>
    /// Series Instance UID that a person declared to be the contrast-enhanced T1 series of a brain, against or without
    /// the evidence of its attributes; null where the program decides. The results say so.
    /// </summary>
    public string? AssumeT1ceSeriesUid { get; init; }

    /// <summary>Objects of other studies of the patient that were fetched for it.</summary>
    public FetchedObjects Fetched { get; init; } = FetchedObjects.None;

    /// <summary>Whether the run may end after matching, so that what the study lacks can be fetched first.</summary>
    public bool MayFetch { get; init; }

    /// <summary>Whether earlier results of this program are to be looked for then.</summary>
    public bool WantsEarlierResults { get; init; }

    /// <summary>
    /// The reports of earlier revisions of the study, the latest first: the new one names the first that is not itself as its
    /// predecessor (PS3.3 C.17.2).
    /// </summary>
    public IReadOnlyList<EarlierReport> EarlierReports { get; init; } = [];
}
