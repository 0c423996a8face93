using System.Text;
using DicomRn.Dicom.Network;
using Microsoft.Extensions.Logging;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>A storage SCP that streams every instance into a folder, the way the node does.</summary>
internal sealed class FolderScp(
    INetworkStream stream, Encoding fallbackEncoding, ILogger log, DicomServiceDependencies dependencies)
    : DicomService(stream, fallbackEncoding, log, dependencies), IDicomServiceProvider, IDicomCEchoProvider, IDicomCStoreProvider
{
    private string? _path;

    private StoreLog Log => (StoreLog)UserState!;

    public async Task OnReceiveAssociationRequestAsync(DicomAssociation association)
    {
        Log.Service = this;
        Log.Note($"request {association.CallingAE}>{association.CalledAE}");
        if (Log.Fault is not null)
            throw Log.Fault;
        if (!Log.Decides)
            return;
        if (Log.CallingAes is { } known && !known.Contains(association.CallingAE))
        {
            await SendAssociationRejectAsync(
                DicomRejectResult.Permanent, DicomRejectSource.ServiceUser, DicomRejectReason.CallingAENotRecognized);
            return;
        }

        foreach (DicomPresentationContext context in association.PresentationContexts)
        {
            if (context.AbstractSyntax == DicomUID.Verification || context.AbstractSyntax.StorageCategory != DicomStorageCategory.None)
                context.AcceptTransferSyntaxes(Log.TransferSyntaxes, scpPriority: true);
        }

        if (Log.Negotiate?.Invoke(association) == false)
        {
            await SendAssociationRejectAsync(
                DicomRejectResult.Permanent, DicomRejectSource.ServiceProviderACSE, DicomRejectReason.NoReasonGiven_);
            return;
        }

        if (Log.Window is { } window)
            association.MaxAsyncOpsInvoked = window;
        await SendAssociationAcceptAsync(association);
    }

    public Task OnReceiveAssociationReleaseRequestAsync() => SendAssociationReleaseResponseAsync();

    public void OnReceiveAbort(DicomAbortSource source, DicomAbortReason reason) => Log.Note($"abort {source} {reason}");

    public void OnConnectionClosed(Exception? exception) => Log.Note($"closed {exception?.GetType().Name}");

    public Task<DicomCEchoResponse> OnCEchoRequestAsync(DicomCEchoRequest request) =>
        Task.FromResult(new DicomCEchoResponse(request, DicomStatus.Success));

    public async Task<DicomCStoreResponse> OnCStoreRequestAsync(DicomCStoreRequest request)
    {
        DicomStatus status = Log.Answer is null ? DicomStatus.Success : await Log.Answer(request);
        Log.Note($"stored {request.SOPInstanceUID.UID}");
        return new DicomCStoreResponse(request, status);
    }

    public Task OnCStoreRequestExceptionAsync(string? tempFileName, Exception e)
    {
        if (_path is not null)
            File.Delete(_path);
        Log.Note($"failed {e.GetType().Name}");
        return Task.CompletedTask;
    }

    protected override void CreateCStoreReceiveStream(DicomFile file)
    {
        _path = Path.Combine(Log.Folder, $"{file.FileMetaInfo.MediaStorageSOPInstanceUID!.UID}.dcm");
        _dimseStream = new FileStream(_path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 4096);
        file.Save(_dimseStream);
    }

    protected override DicomFile? GetCStoreDicomFile()
    {
        _dimseStream!.Dispose();
        return DicomFile.Open(_path!, FileReadOption.ReadLargeOnDemand);
    }
}
