namespace DicomRn.Dicom.Network;

/// <summary>C-STORE-RSP (PS3.7 9.3.1.2).</summary>
public sealed class DicomCStoreResponse : DicomResponse
{
    /// <summary>A received response.</summary>
    public DicomCStoreResponse(DicomDataset command)
        : base(command)
    {
    }

    /// <summary>The response to a request.</summary>
    public DicomCStoreResponse(DicomCStoreRequest request, DicomStatus status)
        : base(request, status)
    {
        CopySopInstance(request);
    }

    /// <summary>Affected SOP Instance UID (0000,1000); null where the peer left it out.</summary>
    public DicomUID? AffectedSOPInstanceUID =>
        Command.TryGetSingleValue(DicomTag.AffectedSOPInstanceUID, out DicomUID? uid) ? uid : null;
}
