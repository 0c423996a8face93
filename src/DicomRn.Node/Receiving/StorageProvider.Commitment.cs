namespace DicomRn.Node.Receiving;

/// <summary>
/// The reports of storage commitment that a peer sends over an association of its own, in the SCP role (PS3.4 J.3.3, PS3.7
/// D.3.3.4). No other DIMSE-N operation is performed.
/// </summary>
internal sealed partial class StorageProvider : IDicomNServiceProvider
{
    public Task<DicomNEventReportResponse> OnNEventReportRequestAsync(DicomNEventReportRequest request) =>
        Scp.Reports?.AnswerAsync(_callingAeTitle, request)
        ?? Task.FromResult(new DicomNEventReportResponse(request, DicomStatus.UnrecognizedOperation));

    public Task<DicomNActionResponse> OnNActionRequestAsync(DicomNActionRequest request) =>
        Task.FromResult(new DicomNActionResponse(request, DicomStatus.UnrecognizedOperation));

    public Task<DicomNCreateResponse> OnNCreateRequestAsync(DicomNCreateRequest request) =>
        Task.FromResult(new DicomNCreateResponse(request, DicomStatus.UnrecognizedOperation));

    public Task<DicomNDeleteResponse> OnNDeleteRequestAsync(DicomNDeleteRequest request) =>
        Task.FromResult(new DicomNDeleteResponse(request, DicomStatus.UnrecognizedOperation));

    public Task<DicomNGetResponse> OnNGetRequestAsync(DicomNGetRequest request) =>
        Task.FromResult(new DicomNGetResponse(request, DicomStatus.UnrecognizedOperation));

    public Task<DicomNSetResponse> OnNSetRequestAsync(DicomNSetRequest request) =>
        Task.FromResult(new DicomNSetResponse(request, DicomStatus.UnrecognizedOperation));
}
