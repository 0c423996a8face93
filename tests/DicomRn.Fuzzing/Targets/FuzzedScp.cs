using System.Text;

namespace DicomRn.Fuzzing.Targets;

/// <summary>An SCP of every service, which takes everything and keeps nothing.</summary>
internal sealed class FuzzedScp(INetworkStream stream, Encoding fallbackEncoding, DicomServiceDependencies dependencies)
    : DicomService(stream, fallbackEncoding, null, dependencies), IDicomServiceProvider, IDicomCEchoProvider, IDicomCStoreProvider,
        IDicomCFindProvider, IDicomCGetProvider, IDicomCMoveProvider, IDicomNServiceProvider
{
    public Task OnReceiveAssociationRequestAsync(DicomAssociation association)
    {
        foreach (DicomPresentationContext context in association.PresentationContexts)
            context.AcceptTransferSyntaxes(DicomTransferSyntax.ExplicitVRLittleEndian, DicomTransferSyntax.ImplicitVRLittleEndian);
        return SendAssociationAcceptAsync(association);
    }

    public Task OnReceiveAssociationReleaseRequestAsync() => SendAssociationReleaseResponseAsync();

    public void OnReceiveAbort(DicomAbortSource source, DicomAbortReason reason)
    {
    }

    public void OnConnectionClosed(Exception? exception)
    {
        // What a peer does may end in no other exceptions than these.
        if (exception is not (null or DicomException or IOException or OperationCanceledException))
            throw new InvalidOperationException("The connection ended in an exception that no peer may cause.", exception);
    }

    public Task<DicomCEchoResponse> OnCEchoRequestAsync(DicomCEchoRequest request) =>
        Task.FromResult(new DicomCEchoResponse(request, DicomStatus.Success));

    public Task<DicomCStoreResponse> OnCStoreRequestAsync(DicomCStoreRequest request)
    {
        _ = request.File?.Dataset.WriteToString();
        return Task.FromResult(new DicomCStoreResponse(request, DicomStatus.Success));
    }

    public Task OnCStoreRequestExceptionAsync(string? tempFileName, Exception e) => Task.CompletedTask;

    public IAsyncEnumerable<DicomCFindResponse> OnCFindRequestAsync(DicomCFindRequest request) =>
        Answer(request.Dataset, new DicomCFindResponse(request, DicomStatus.Success));

    public IAsyncEnumerable<DicomCGetResponse> OnCGetRequestAsync(DicomCGetRequest request) =>
        Answer(request.Dataset, new DicomCGetResponse(request, DicomStatus.Success));

    public IAsyncEnumerable<DicomCMoveResponse> OnCMoveRequestAsync(DicomCMoveRequest request) =>
        Answer(request.Dataset, new DicomCMoveResponse(request, DicomStatus.Success));

    public Task<DicomNActionResponse> OnNActionRequestAsync(DicomNActionRequest request) =>
        Task.FromResult(new DicomNActionResponse(request, DicomStatus.Success));

    public Task<DicomNCreateResponse> OnNCreateRequestAsync(DicomNCreateRequest request) =>
        Task.FromResult(new DicomNCreateResponse(request, DicomStatus.Success));

    public Task<DicomNDeleteResponse> OnNDeleteRequestAsync(DicomNDeleteRequest request) =>
        Task.FromResult(new DicomNDeleteResponse(request, DicomStatus.Success));

    public Task<DicomNEventReportResponse> OnNEventReportRequestAsync(DicomNEventReportRequest request) =>
        Task.FromResult(new DicomNEventReportResponse(request, DicomStatus.Success));

    public Task<DicomNGetResponse> OnNGetRequestAsync(DicomNGetRequest request) =>
        Task.FromResult(new DicomNGetResponse(request, DicomStatus.Success));

    public Task<DicomNSetResponse> OnNSetRequestAsync(DicomNSetRequest request) =>
        Task.FromResult(new DicomNSetResponse(request, DicomStatus.Success));

    protected override void CreateCStoreReceiveStream(DicomFile file)
    {
        _dimseStream = new MemoryStream();
        file.Save(_dimseStream);
    }

    private static async IAsyncEnumerable<T> Answer<T>(DicomDataset? identifier, T response)
    {
        await Task.CompletedTask;
        _ = identifier?.WriteToString();
        yield return response;
    }
}
