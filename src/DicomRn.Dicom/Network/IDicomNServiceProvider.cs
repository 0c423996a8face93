namespace DicomRn.Dicom.Network;

/// <summary>A performer of the DIMSE-N services (PS3.7 10).</summary>
public interface IDicomNServiceProvider
{
    /// <summary>Answers an N-ACTION.</summary>
    Task<DicomNActionResponse> OnNActionRequestAsync(DicomNActionRequest request);

    /// <summary>Answers an N-CREATE.</summary>
    Task<DicomNCreateResponse> OnNCreateRequestAsync(DicomNCreateRequest request);

    /// <summary>Answers an N-DELETE.</summary>
    Task<DicomNDeleteResponse> OnNDeleteRequestAsync(DicomNDeleteRequest request);

    /// <summary>Answers an N-EVENT-REPORT, for instance the result of a storage commitment (PS3.4 J.3.3).</summary>
    Task<DicomNEventReportResponse> OnNEventReportRequestAsync(DicomNEventReportRequest request);

    /// <summary>Answers an N-GET.</summary>
    Task<DicomNGetResponse> OnNGetRequestAsync(DicomNGetRequest request);

    /// <summary>Answers an N-SET.</summary>
    Task<DicomNSetResponse> OnNSetRequestAsync(DicomNSetRequest request);
}
