namespace DicomRn.Dicom.Network;

/// <summary>N-CREATE-RQ (PS3.7 10.3.5): makes an SOP instance with the attributes in <see cref="DicomMessage.Dataset"/>.</summary>
public sealed class DicomNCreateRequest : DicomRequest
{
    /// <summary>A received request.</summary>
    public DicomNCreateRequest(DicomDataset command)
        : base(command)
    {
    }

    /// <summary>A request to send.</summary>
    public DicomNCreateRequest(DicomUID affectedClassUid, DicomUID? affectedInstanceUid)
        : base(DicomCommandField.NCreateRequest, affectedClassUid)
    {
        SOPInstanceUID = affectedInstanceUid;
    }

    /// <summary>Takes the response.</summary>
    public delegate void ResponseDelegate(DicomNCreateRequest request, DicomNCreateResponse response);

    /// <summary>Called with the response.</summary>
    public ResponseDelegate? OnResponseReceived { get; set; }

    /// <summary>Affected SOP Instance UID (0000,1000); null where the peer is to choose one.</summary>
    public DicomUID? SOPInstanceUID
    {
        get => Command.GetSingleValueOrDefault<DicomUID>(DicomTag.AffectedSOPInstanceUID, null);
        private set
        {
            if (value is not null)
                Command.AddOrUpdate(DicomTag.AffectedSOPInstanceUID, value);
        }
    }

    /// <inheritdoc/>
    protected internal override void PostResponse(DicomService service, DicomResponse response) =>
        OnResponseReceived?.Invoke(this, (DicomNCreateResponse)response);
}
