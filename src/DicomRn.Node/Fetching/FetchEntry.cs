namespace DicomRn.Node.Fetching;

/// <summary>One line of the record of what was fetched for a study.</summary>
/// <param name="At">When.</param>
/// <param name="Source">Name of the peer, or of this node's own store.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Text">The same in words, without patient data.</param>
public sealed record FetchEntry(DateTimeOffset At, string Source, FetchEntryKind Kind, string Text);

/// <summary>What happened to what was asked. The names are stable: they are stored and shown to programs.</summary>
public enum FetchEntryKind
{
    /// <summary>It was asked for.</summary>
    Asked,

    /// <summary>It was found and taken.</summary>
    Taken,

    /// <summary>It was found and not taken.</summary>
    NotTaken,

    /// <summary>It is of another patient: it was set aside in the quarantine and is never used.</summary>
    SetAside,

    /// <summary>The source did not answer, or failed.</summary>
    Failed,
}
