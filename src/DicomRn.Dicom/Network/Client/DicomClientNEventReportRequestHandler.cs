namespace DicomRn.Dicom.Network.Client;

/// <summary>Answers an N-EVENT-REPORT that the peer sends to the client, as it does for a storage commitment.</summary>
public delegate Task<DicomNEventReportResponse> DicomClientNEventReportRequestHandler(DicomNEventReportRequest request);
