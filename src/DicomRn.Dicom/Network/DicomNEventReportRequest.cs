namespace DicomRn.Dicom.Network;

/// <summary>N-EVENT-REPORT-RQ (PS3.7 10.3.1): tells of an event of an SOP instance, with the information in <see cref="DicomMessage.Dataset"/>.</summary>
public sealed class DicomNEventReportRequest : DicomRequest
{
    /// <summary>A received request.</summary>
    public DicomNEventReportRequest(DicomDataset command)
        : base(command)
    {
    }

    /// <summary>A request to send.</summary>
    public DicomNEventReportRequest(DicomUID affectedClassUid, DicomUID affectedInstanceUid, ushort eventTypeId)
        : base(DicomCommandField.NEventReportRequest, affectedClassUid)
    {
        SOPInstanceUID = affectedInstanceUid;
        EventTypeID = eventTypeId;
    }

    /// <summary>Takes the response.</summary>
    public delegate void ResponseDelegate(DicomNEventReportRequest request, DicomNEventReportResponse response);

    /// <summary>Called with the response.</summary>
    public ResponseDelegate? OnResponseReceived { get; set; }

    /// <summary>Affected SOP Instance UID (0000,1000).</summary>
    /// <exception cref="DicomDataException">The peer left it out; such a request reaches no provider.</exception>
    public DicomUID SOPInstanceUID
    {
        get => Command.GetSingleValue<DicomUID>(DicomTag.AffectedSOPInstanceUID);
        private set => Command.AddOrUpdate(DicomTag.AffectedSOPInstanceUID, value);
    }

    /// <summary>Event Type ID (0000,1002); 0 where the peer left it out.</summary>
    public ushort EventTypeID
    {
        get => Command.GetSingleValueOrDefault(DicomTag.EventTypeID, (ushort)0);
        private set => Command.AddOrUpdate(DicomTag.EventTypeID, value);
    }

    /// <inheritdoc/>
    protected internal override void PostResponse(DicomService service, DicomResponse response) =>
        OnResponseReceived?.Invoke(this, (DicomNEventReportResponse)response);
}
