namespace DicomRn.Node.Administration;

/// <summary>How objects are fetched from a peer.</summary>
public enum PeerFetch
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Asked with C-FIND, and got by C-GET over the same association.</summary>
    Get,

    /// <summary>Asked with C-FIND, and sent by C-MOVE to <c>Fetching:MoveAeTitle</c>, which the peer must know under this machine and <c>Fetching:MovePort</c>.</summary>
    Move,
}
