namespace DicomRn.Node.QueryRetrieve;

/// <summary>How far a C-GET or C-MOVE is, by the peer's count.</summary>
/// <param name="Done">Instances sent.</param>
/// <param name="Remaining">Instances still to be sent.</param>
public readonly record struct RetrieveProgress(int Done, int Remaining);
