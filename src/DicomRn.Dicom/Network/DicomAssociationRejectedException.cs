namespace DicomRn.Dicom.Network;

/// <summary>The peer rejected the association (PS3.8 9.3.4).</summary>
public class DicomAssociationRejectedException : DicomNetworkException
{
    /// <summary>A rejection in the peer's codes.</summary>
    public DicomAssociationRejectedException(DicomRejectResult result, DicomRejectSource source, DicomRejectReason reason)
        : this(result, source, reason, "the peer")
    {
    }

    internal DicomAssociationRejectedException(
        DicomRejectResult result, DicomRejectSource source, DicomRejectReason reason, string peer)
        : base($"{peer} rejected the association: {reason} (result {result}, source {source})")
    {
        RejectResult = result;
        RejectSource = source;
        RejectReason = reason;
    }

    /// <summary>Whether asking again may succeed.</summary>
    public DicomRejectResult RejectResult { get; private set; }

    /// <summary>Who rejected.</summary>
    public DicomRejectSource RejectSource { get; private set; }

    /// <summary>Why.</summary>
    public DicomRejectReason RejectReason { get; private set; }
}
