namespace DicomRn.Dicom.Network;

/// <summary>N-EVENT-REPORT-RSP (PS3.7 10.3.1).</summary>
public sealed class DicomNEventReportResponse : DicomResponse
{
    /// <summary>A received response.</summary>
    public DicomNEventReportResponse(DicomDataset command)
        : base(command)
    {
    }

    /// <summary>The response to a request.</summary>
    public DicomNEventReportResponse(DicomNEventReportRequest request, DicomStatus status)
        : base(request, status)
    {
        CopySopInstance(request);
        EventTypeID = request.EventTypeID;
    }

    /// <summary>Affected SOP Instance UID (0000,1000); null where the peer left it out.</summary>
    public DicomUID? SOPInstanceUID => Command.GetSingleValueOrDefault<DicomUID>(DicomTag.AffectedSOPInstanceUID, null);

    /// <summary>Event Type ID (0000,1002); 0 where the peer left it out.</summary>
    public ushort EventTypeID
    {
        get => Command.GetSingleValueOrDefault(DicomTag.EventTypeID, (ushort)0);
        private set => Command.AddOrUpdate(DicomTag.EventTypeID, value);
    }
}
