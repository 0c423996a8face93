namespace DicomRn.Node.Delivery;

/// <summary>An instance that the peer is to take responsibility for.</summary>
/// <param name="SopClassUid">Its SOP Class UID.</param>
/// <param name="SopInstanceUid">Its SOP Instance UID.</param>
public sealed record CommitmentReference(string SopClassUid, string SopInstanceUid);
