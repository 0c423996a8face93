namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>
/// The peer broke the upper-layer protocol: the association is aborted by the service provider with <see cref="Reason"/>
/// (PS3.8 9.3.8).
/// </summary>
internal sealed class PduException(DicomAbortReason reason, string message) : DicomNetworkException(message)
{
    public DicomAbortReason Reason { get; } = reason;
}
