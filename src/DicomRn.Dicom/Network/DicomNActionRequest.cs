namespace DicomRn.Dicom.Network;

/// <summary>N-ACTION-RQ (PS3.7 10.3.4): has an action done on an SOP instance, with the information in <see cref="DicomMessage.Dataset"/>.</summary>
public sealed class DicomNActionRequest : DicomRequest
{
    /// <summary>A received request.</summary>
    public DicomNActionRequest(DicomDataset command)
        : base(command)
    {
    }

    /// <summary>A request to send.</summary>
    public DicomNActionRequest(DicomUID requestedClassUid, DicomUID requestedInstanceUid, ushort actionTypeId)
        : base(DicomCommandField.NActionRequest, requestedClassUid)
    {
        SOPInstanceUID = requestedInstanceUid;
        ActionTypeID = actionTypeId;
    }

    /// <summary>Takes the response.</summary>
    public delegate void ResponseDelegate(DicomNActionRequest request, DicomNActionResponse response);

    /// <summary>Called with the response.</summary>
    public ResponseDelegate? OnResponseReceived { get; set; }

    /// <summary>Requested SOP Instance UID (0000,1001).</summary>
    /// <exception cref="DicomDataException">The peer left it out; such a request reaches no provider.</exception>
    public DicomUID SOPInstanceUID
    {
        get => Command.GetSingleValue<DicomUID>(DicomTag.RequestedSOPInstanceUID);
        private set => Command.AddOrUpdate(DicomTag.RequestedSOPInstanceUID, value);
    }

    /// <summary>Action Type ID (0000,1008); 0 where the peer left it out.</summary>
    public ushort ActionTypeID
    {
        get => Command.GetSingleValueOrDefault(DicomTag.ActionTypeID, (ushort)0);
        private set => Command.AddOrUpdate(DicomTag.ActionTypeID, value);
    }

    /// <inheritdoc/>
    protected internal override void PostResponse(DicomService service, DicomResponse response) =>
        OnResponseReceived?.Invoke(this, (DicomNActionResponse)response);
}
