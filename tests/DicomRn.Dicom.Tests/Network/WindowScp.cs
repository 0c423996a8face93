using System.Collections.Concurrent;
using System.Text;
using DicomRn.Dicom.Network;
using Microsoft.Extensions.Logging;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>A storage SCP with the stack's own temporary files that answers nobody before three instances are there.</summary>
internal sealed class WindowScp(
    INetworkStream stream, Encoding fallbackEncoding, ILogger log, DicomServiceDependencies dependencies)
    : DicomService(stream, fallbackEncoding, log, dependencies), IDicomServiceProvider, IDicomCStoreProvider
{
    private readonly TaskCompletionSource _three = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    public static ConcurrentQueue<string> Paths { get; } = [];

    public Task OnReceiveAssociationRequestAsync(DicomAssociation association)
    {
        foreach (DicomPresentationContext context in association.PresentationContexts)
            context.AcceptTransferSyntaxes(DicomTransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal(3, association.MaxAsyncOpsInvoked);
        association.MaxAsyncOpsInvoked = 3;
        return SendAssociationAcceptAsync(association);
    }

    public Task OnReceiveAssociationReleaseRequestAsync() => SendAssociationReleaseResponseAsync();

    public void OnReceiveAbort(DicomAbortSource source, DicomAbortReason reason)
    {
    }

    public void OnConnectionClosed(Exception? exception)
    {
    }

    public async Task<DicomCStoreResponse> OnCStoreRequestAsync(DicomCStoreRequest request)
    {
        if (Interlocked.Increment(ref _count) == 3)
            _three.SetResult();
        await _three.Task;
        Assert.Equal(request.SOPInstanceUID, request.Dataset!.GetSingleValue<DicomUID>(DicomTag.SOPInstanceUID));
        Assert.True(request.File!.File!.Exists);
        Paths.Enqueue(request.File.File.Name);
        return new DicomCStoreResponse(request, DicomStatus.Success);
    }

    public Task OnCStoreRequestExceptionAsync(string? tempFileName, Exception e) => Task.CompletedTask;
}
