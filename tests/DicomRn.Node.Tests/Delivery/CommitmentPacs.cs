using System.Text;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Tests.Delivery;

/// <summary>An SCP of storage commitment that reports as its <see cref="CommitmentScript"/> says.</summary>
internal sealed class CommitmentPacs(INetworkStream stream, Encoding fallbackEncoding, ILogger log, DicomServiceDependencies dependencies)
    : DicomService(stream, fallbackEncoding, log, dependencies), IDicomServiceProvider, IDicomNServiceProvider, IDicomNEventReportRequestProvider
{
    private CommitmentScript Script => (CommitmentScript)UserState!;

    public Task OnReceiveAssociationRequestAsync(DicomAssociation association)
    {
        foreach (DicomPresentationContext context in association.PresentationContexts)
            context.AcceptTransferSyntaxes(DicomTransferSyntax.ImplicitVRLittleEndian);
        return SendAssociationAcceptAsync(association);
    }

    public Task OnReceiveAssociationReleaseRequestAsync() => SendAssociationReleaseResponseAsync();

    public void OnReceiveAbort(DicomAbortSource source, DicomAbortReason reason)
    {
    }

    public void OnConnectionClosed(Exception? exception)
    {
    }

    public async Task<DicomNActionResponse> OnNActionRequestAsync(DicomNActionRequest request)
    {
        Script.Requests.Add(request);
        if (Script.BeforeResponse is { } report)
            await report(this, request);
        return new DicomNActionResponse(request, Script.Status);
    }

    public Task OnSendNEventReportRequestAsync(DicomNActionRequest request) => Script.AfterResponse?.Invoke(this, request) ?? Task.CompletedTask;

    public Task<DicomNEventReportResponse> OnNEventReportRequestAsync(DicomNEventReportRequest request) => throw new NotSupportedException();

    public Task<DicomNCreateResponse> OnNCreateRequestAsync(DicomNCreateRequest request) => throw new NotSupportedException();

    public Task<DicomNDeleteResponse> OnNDeleteRequestAsync(DicomNDeleteRequest request) => throw new NotSupportedException();

    public Task<DicomNGetResponse> OnNGetRequestAsync(DicomNGetRequest request) => throw new NotSupportedException();

    public Task<DicomNSetResponse> OnNSetRequestAsync(DicomNSetRequest request) => throw new NotSupportedException();
}
