namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>A service that asked for its association.</summary>
internal interface IAssociationRequestor
{
    Task OnAcceptedAsync(DicomAssociation association);

    /// <summary>This side ends the association, because the peer broke the protocol or did not answer in time.</summary>
    void OnFailed(Exception reason);

    Task OnRejectedAsync(DicomRejectResult result, DicomRejectSource source, DicomRejectReason reason);
}
