namespace DicomRn.Dicom.Network;

/// <summary>N-DELETE-RQ (PS3.7 10.3.6): removes an SOP instance.</summary>
public sealed class DicomNDeleteRequest : DicomRequest
{
    /// <summary>A received request.</summary>
    public DicomNDeleteRequest(DicomDataset command)
        : base(command)
    {
    }

    /// <summary>A request to send.</summary>
    public DicomNDeleteRequest(DicomUID requestedClassUid, DicomUID requestedInstanceUid)
        : base(DicomCommandField.NDeleteRequest, requestedClassUid)
    {
        SOPInstanceUID = requestedInstanceUid;
    }

    /// <summary>Takes the response.</summary>
    public delegate void ResponseDelegate(DicomNDeleteRequest request, DicomNDeleteResponse response);

    /// <summary>Called with the response.</summary>
    public ResponseDelegate? OnResponseReceived { get; set; }

    /// <summary>Requested SOP Instance UID (0000,1001).</summary>
    /// <exception cref="DicomDataException">The peer left it out; such a request reaches no provider.</exception>
    public DicomUID SOPInstanceUID
    {
        get => Command.GetSingleValue<DicomUID>(DicomTag.RequestedSOPInstanceUID);
        private set => Command.AddOrUpdate(DicomTag.RequestedSOPInstanceUID, value);
    }

    /// <inheritdoc/>
    protected internal override void PostResponse(DicomService service, DicomResponse response) =>
        OnResponseReceived?.Invoke(this, (DicomNDeleteResponse)response);
}
