namespace DicomRn.Node.State;

/// <summary>On which terms others are asked for what studies lack.</summary>
/// <param name="HasPeers">Whether any peer is asked.</param>
/// <param name="OwnStore">Whether other studies of the patient in this store are looked at.</param>
/// <param name="Earlier">Whether earlier results of this program are looked for.</param>
/// <param name="WaitForPeers">How long a study that cannot be answered otherwise waits for a peer that does not answer.</param>
/// <param name="AskAgainAfter">How long after that nobody had anything it is asked again.</param>
/// <param name="AskAgainFor">For how long it is asked again.</param>
internal sealed record FetchTerms(
    bool HasPeers, bool OwnStore, bool Earlier, TimeSpan WaitForPeers, TimeSpan AskAgainAfter, TimeSpan AskAgainFor);
