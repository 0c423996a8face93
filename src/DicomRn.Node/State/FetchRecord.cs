namespace DicomRn.Node.State;

/// <summary>What is asked of others for a study: its row outlives every round of asking.</summary>
internal sealed class FetchRecord
{
    /// <summary>The study that objects are fetched for.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>The <see cref="Pipeline.WantedObjects"/> of its last run, as JSON.</summary>
    public required string Wanted { get; set; }

    /// <summary>Whether its last run had no answer for want of them.</summary>
    public bool IsNeeded { get; set; }

    /// <summary>Objects taken since its last run began.</summary>
    public int TakenSinceRun { get; set; }

    /// <summary>Something of the patient arrived that no round has looked at.</summary>
    public bool IsWoken { get; set; }

    /// <summary>The last revision that a round of asking was ended for: its processing does not wait for another one.</summary>
    public int AskedRevision { get; set; }

    /// <summary>When others are asked next; null where nothing is to be asked, unless something of the patient arrives.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>Until when processing waits for peers that do not answer; null where it waits for none.</summary>
    public DateTimeOffset? WaitUntil { get; set; }

    /// <summary>Until when it is asked again for what nobody had; null before that begins.</summary>
    public DateTimeOffset? AskUntil { get; set; }

    /// <summary>Rounds in a row in which a peer did not answer.</summary>
    public int Failures { get; set; }

    /// <summary>Rounds in all.</summary>
    public int Rounds { get; set; }

    /// <summary>What was asked, found, taken and why not: the last <see cref="Fetching.FetchEntry"/>s, as JSON.</summary>
    public string Entries { get; set; } = "[]";

    /// <summary>Optimistic concurrency: one more with every change.</summary>
    public long Version { get; set; }
}
