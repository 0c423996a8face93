using DicomRn.Node.Administration;

namespace DicomRn.Node.Receiving;

/// <summary>What was decided about an association request.</summary>
/// <param name="Rejection">Why it is rejected, as the caller is told; null to accept it.</param>
/// <param name="Explanation">Why it is rejected, for the log.</param>
/// <param name="Peer">The settings of the caller; null where it has none.</param>
internal sealed record AssociationDecision(DicomRejectReason? Rejection, string Explanation, PeerOptions? Peer)
{
    /// <summary>Accepts a caller.</summary>
    public static AssociationDecision Accept(PeerOptions? peer = null) => new(null, "", peer);

    /// <summary>Rejects a caller.</summary>
    public static AssociationDecision Reject(DicomRejectReason reason, string explanation) => new(reason, explanation, null);
}
