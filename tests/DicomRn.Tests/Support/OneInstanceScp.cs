using System.Text;
using Microsoft.Extensions.Logging;

namespace DicomRn.Tests.Support;

/// <summary>One association of a <see cref="OneInstanceArchive"/>.</summary>
internal sealed class OneInstanceScp(INetworkStream stream, Encoding fallbackEncoding, ILogger log, DicomServiceDependencies dependencies)
    : DicomService(stream, fallbackEncoding, log, dependencies), IDicomServiceProvider, IDicomCEchoProvider, IDicomCStoreProvider,
        IDicomCFindProvider, IDicomCGetProvider, IDicomCMoveProvider, IDicomNServiceProvider, IDicomNEventReportRequestProvider
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private OneInstanceArchive Archive => (OneInstanceArchive)UserState!;

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

    public Task<DicomCEchoResponse> OnCEchoRequestAsync(DicomCEchoRequest request) =>
        Task.FromResult(new DicomCEchoResponse(request, DicomStatus.Success));

    public async Task<DicomCStoreResponse> OnCStoreRequestAsync(DicomCStoreRequest request)
    {
        if (Archive.IsSilent)
            await Archive.Over.Task;
        return new DicomCStoreResponse(request, DicomStatus.Success);
    }

    public Task OnCStoreRequestExceptionAsync(string? tempFileName, Exception e) => Task.CompletedTask;

    public async IAsyncEnumerable<DicomCFindResponse> OnCFindRequestAsync(DicomCFindRequest request)
    {
        await Task.CompletedTask;
        yield return new DicomCFindResponse(request, DicomStatus.Pending) { Dataset = Archive.Instance };
        yield return new DicomCFindResponse(request, DicomStatus.Success);
    }

    public async IAsyncEnumerable<DicomCGetResponse> OnCGetRequestAsync(DicomCGetRequest request)
    {
        TaskCompletionSource stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendRequestAsync(new DicomCStoreRequest(new DicomFile(Archive.Instance))
        {
            OnResponseReceived = (_, _) => stored.TrySetResult(),
        });
        await stored.Task.WaitAsync(Token);
        yield return new DicomCGetResponse(request, DicomStatus.Success) { Completed = 1 };
    }

    public async IAsyncEnumerable<DicomCMoveResponse> OnCMoveRequestAsync(DicomCMoveRequest request)
    {
        await Archive.CallBackAsync(() => new DicomCStoreRequest(new DicomFile(Archive.Instance)), Token);
        yield return new DicomCMoveResponse(request, DicomStatus.Success) { Completed = 1 };
    }

    public Task<DicomNActionResponse> OnNActionRequestAsync(DicomNActionRequest request) =>
        Task.FromResult(new DicomNActionResponse(request, DicomStatus.Success));

    public Task OnSendNEventReportRequestAsync(DicomNActionRequest request) => Archive.ReversePort is null
        ? SendRequestAsync(Report(request))
        : Archive.CallBackAsync(() => Report(request), Token);

    public Task<DicomNEventReportResponse> OnNEventReportRequestAsync(DicomNEventReportRequest request) => throw new NotSupportedException();

    public Task<DicomNCreateResponse> OnNCreateRequestAsync(DicomNCreateRequest request) => throw new NotSupportedException();

    public Task<DicomNDeleteResponse> OnNDeleteRequestAsync(DicomNDeleteRequest request) => throw new NotSupportedException();

    public Task<DicomNGetResponse> OnNGetRequestAsync(DicomNGetRequest request) => throw new NotSupportedException();

    public Task<DicomNSetResponse> OnNSetRequestAsync(DicomNSetRequest request) => throw new NotSupportedException();

    /// <summary>Everything is committed.</summary>
    private static DicomNEventReportRequest Report(DicomNActionRequest request) =>
        new(DicomUID.StorageCommitmentPushModel, DicomUID.StorageCommitmentPushModelInstance, 1) { Dataset = request.Dataset };
}
