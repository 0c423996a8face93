using System.Text;
using DicomRn.Dicom.Network;
using Microsoft.Extensions.Logging;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>An SCP of everything, which does what its <see cref="ScpScript"/> says.</summary>
internal sealed class ScriptedScp(INetworkStream stream, Encoding fallbackEncoding, ILogger log, DicomServiceDependencies dependencies)
    : DicomService(stream, fallbackEncoding, log, dependencies), IDicomServiceProvider, IDicomCEchoProvider, IDicomCStoreProvider,
        IDicomCFindProvider, IDicomCGetProvider, IDicomCMoveProvider, IDicomNServiceProvider, IDicomNEventReportRequestProvider
{
    private ScpScript Script => (ScpScript)UserState!;

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
    }

    public async Task<DicomCEchoResponse> OnCEchoRequestAsync(DicomCEchoRequest request)
    {
        Script.Performed.Enqueue(request);
        await Script.Hold();
        return new DicomCEchoResponse(request, DicomStatus.Success);
    }

    public async Task<DicomCStoreResponse> OnCStoreRequestAsync(DicomCStoreRequest request)
    {
        Script.Performed.Enqueue(request);
        await Script.Hold();
        return new DicomCStoreResponse(request, DicomStatus.Success);
    }

    public Task OnCStoreRequestExceptionAsync(string? tempFileName, Exception e) => Task.CompletedTask;

    public IAsyncEnumerable<DicomCFindResponse> OnCFindRequestAsync(DicomCFindRequest request) =>
        Script.Find(Noted(request), TestContext.Current.CancellationToken);

    public IAsyncEnumerable<DicomCGetResponse> OnCGetRequestAsync(DicomCGetRequest request) => Script.Get(this, Noted(request));

    public IAsyncEnumerable<DicomCMoveResponse> OnCMoveRequestAsync(DicomCMoveRequest request) => Script.Move(Noted(request));

    public async Task<DicomNActionResponse> OnNActionRequestAsync(DicomNActionRequest request) =>
        new(request, await Script.Action(this, Noted(request)));

    public Task OnSendNEventReportRequestAsync(DicomNActionRequest request) => Script.AfterAction(this, request);

    public async Task<DicomNEventReportResponse> OnNEventReportRequestAsync(DicomNEventReportRequest request) =>
        new(request, await Script.EventReport(Noted(request)));

    public Task<DicomNCreateResponse> OnNCreateRequestAsync(DicomNCreateRequest request) =>
        Task.FromResult(new DicomNCreateResponse(Noted(request), DicomStatus.Success) { Dataset = request.Dataset });

    public Task<DicomNDeleteResponse> OnNDeleteRequestAsync(DicomNDeleteRequest request) =>
        Task.FromResult(new DicomNDeleteResponse(Noted(request), DicomStatus.NoSuchObjectInstance));

    public Task<DicomNGetResponse> OnNGetRequestAsync(DicomNGetRequest request)
    {
        DicomDataset dataset = [];
        foreach (DicomTag tag in Noted(request).Attributes ?? [DicomTag.PatientID])
            dataset.AddOrUpdate(tag, "given");
        return Task.FromResult(new DicomNGetResponse(request, DicomStatus.Success) { Dataset = dataset });
    }

    public Task<DicomNSetResponse> OnNSetRequestAsync(DicomNSetRequest request) =>
        Task.FromResult(new DicomNSetResponse(Noted(request), DicomStatus.AttributeListError) { Dataset = request.Dataset });

    private T Noted<T>(T request)
        where T : DicomRequest
    {
        Script.Performed.Enqueue(request);
        return request;
    }
}
