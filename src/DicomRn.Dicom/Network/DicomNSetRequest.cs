namespace DicomRn.Dicom.Network;

/// <summary>N-SET-RQ (PS3.7 10.3.3): sets attributes of an SOP instance to those in <see cref="DicomMessage.Dataset"/>.</summary>
public sealed class DicomNSetRequest : DicomRequest
{
    /// <summary>A received request.</summary>
    public DicomNSetRequest(DicomDataset command)
        : base(command)
    {
    }

    /// <summary>A request to send.</summary>
    public DicomNSetRequest(DicomUID requestedClassUid, DicomUID requestedInstanceUid)
        : base(DicomCommandField.NSetRequest, requestedClassUid)
    {
        SOPInstanceUID = requestedInstanceUid;
    }

    /// <summary>Takes the response.</summary>
    public delegate void ResponseDelegate(DicomNSetRequest request, DicomNSetResponse response);

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
        OnResponseReceived?.Invoke(this, (DicomNSetResponse)response);
}
