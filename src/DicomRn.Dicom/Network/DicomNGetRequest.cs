namespace DicomRn.Dicom.Network;

/// <summary>N-GET-RQ (PS3.7 10.3.2): asks for attributes of an SOP instance.</summary>
public sealed class DicomNGetRequest : DicomRequest
{
    /// <summary>A received request.</summary>
    public DicomNGetRequest(DicomDataset command)
        : base(command)
    {
    }

    /// <summary>A request to send.</summary>
    public DicomNGetRequest(DicomUID requestedClassUid, DicomUID requestedInstanceUid)
        : base(DicomCommandField.NGetRequest, requestedClassUid)
    {
        SOPInstanceUID = requestedInstanceUid;
    }

    /// <summary>Takes the response.</summary>
    public delegate void ResponseDelegate(DicomNGetRequest request, DicomNGetResponse response);

    /// <summary>Called with the response.</summary>
    public ResponseDelegate? OnResponseReceived { get; set; }

    /// <summary>Requested SOP Instance UID (0000,1001).</summary>
    /// <exception cref="DicomDataException">The peer left it out; such a request reaches no provider.</exception>
    public DicomUID SOPInstanceUID
    {
        get => Command.GetSingleValue<DicomUID>(DicomTag.RequestedSOPInstanceUID);
        private set => Command.AddOrUpdate(DicomTag.RequestedSOPInstanceUID, value);
    }

    /// <summary>Attribute Identifier List (0000,1005): the attributes asked for, null for all.</summary>
    public DicomTag[]? Attributes
    {
        get => Command.TryGetValues(DicomTag.AttributeIdentifierList, out DicomTag[]? tags) && tags.Length > 0 ? tags : null;
        internal set
        {
            if (value is null or [])
                Command.Remove(DicomTag.AttributeIdentifierList);
            else
                Command.AddOrUpdate(DicomTag.AttributeIdentifierList, value);
        }
    }

    /// <inheritdoc/>
    protected internal override void PostResponse(DicomService service, DicomResponse response) =>
        OnResponseReceived?.Invoke(this, (DicomNGetResponse)response);
}
