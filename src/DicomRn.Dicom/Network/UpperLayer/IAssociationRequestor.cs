namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>A service that asked for its association.</summary>
internal interface IAssociationRequestor
{
    Task OnAcceptedAsync(DicomAssociation association);

    Task OnRejectedAsync(DicomRejectResult result, DicomRejectSource source, DicomRejectReason reason);
}
