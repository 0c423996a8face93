using System.Text;
using DicomRn.Node.Administration;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Receiving;

/// <summary>One association of a storage and verification SCP.</summary>
internal sealed class StorageProvider(
    INetworkStream stream, Encoding fallbackEncoding, ILogger logger, DicomServiceDependencies dependencies)
    : DicomService(stream, fallbackEncoding, logger, dependencies),
        IDicomServiceProvider, IDicomCStoreProvider, IDicomCEchoProvider
{
    private readonly INetworkStream _connection = stream;

    // The instance that is arriving; a complete one belongs to its request.
    private IncomingInstance? _incoming;
    private string _callingAeTitle = "";

    private StorageScp Scp => (StorageScp)UserState!;

    // The options are the server's; what is set for a peer is set for its association only.
    public override Task RunAsync()
    {
        Options = Options.Clone();
        return base.RunAsync();
    }

    public async Task OnReceiveAssociationRequestAsync(DicomAssociation association)
    {
        _callingAeTitle = association.CallingAE.Trim();
        AssociationDecision decision = await Scp.Policy.DecideAsync(association, CallerConnection.Of(_connection));
        if (decision.Rejection is { } reason)
        {
            ReceivingLog.Rejected(
                Scp.Logger, _callingAeTitle, association.RemoteHost, association.CalledAE.Trim(), reason, decision.Explanation);
            await SendAssociationRejectAsync(DicomRejectResult.Permanent, DicomRejectSource.ServiceUser, reason);
            return;
        }

        foreach (DicomPresentationContext context in association.PresentationContexts)
        {
            if (Scp.Policy.Accept(context, association, decision) is { Length: > 0 } syntaxes)
                context.AcceptTransferSyntaxes(syntaxes, scpPriority: decision.Peer is { TransferSyntaxes.Count: > 0 });
            else
                context.SetResult(DicomPresentationContextResult.RejectAbstractSyntaxNotSupported);
        }

        Apply(decision.Peer, association);
        ReceivingLog.Accepted(Scp.Logger, _callingAeTitle, association.RemoteHost);
        await SendAssociationAcceptAsync(association);
    }

    public Task OnReceiveAssociationReleaseRequestAsync()
    {
        ReceivingLog.Released(Scp.Logger, _callingAeTitle);
        return SendAssociationReleaseResponseAsync();
    }

    public void OnReceiveAbort(DicomAbortSource source, DicomAbortReason reason) =>
        ReceivingLog.Aborted(Scp.Logger, _callingAeTitle, source, reason);

    public void OnConnectionClosed(Exception? exception)
    {
        if (exception is not null && _callingAeTitle.Length > 0)
            ReceivingLog.Lost(Scp.Logger, _callingAeTitle, exception.Message);
        DropIncoming();
    }

    public Task<DicomCEchoResponse> OnCEchoRequestAsync(DicomCEchoRequest request) =>
        Task.FromResult(new DicomCEchoResponse(request, DicomStatus.Success));

    public async Task<DicomCStoreResponse> OnCStoreRequestAsync(DicomCStoreRequest request)
    {
        using IncomingInstance? incoming = (request.File as ReceivedFile)?.Instance;
        DicomStatus status = incoming is null
            ? DicomStatus.StorageCannotUnderstand
            : await StoreAsync(request, incoming);
        return new DicomCStoreResponse(request, status);
    }

    public Task OnCStoreRequestExceptionAsync(string? tempFileName, Exception e)
    {
        if (DiskSpace.IsExhausted(e))
            ReceivingLog.DiskFull(Scp.Logger, _callingAeTitle, "");
        else
            ReceivingLog.Failed(Scp.Logger, _callingAeTitle, "", e);
        DropIncoming();
        return Task.CompletedTask;
    }

    protected override void CreateCStoreReceiveStream(DicomFile file)
    {
        DropIncoming();
        IncomingInstance incoming = Scp.Sink.BeginInstance(file.FileMetaInfo.TransferSyntax.UID.UID);
        _incoming = incoming;
        _dimseStream = incoming;
        file.Save(incoming);
        incoming.BeginDataSet();
    }

    // The stack need not parse it. The next instance may arrive while this one is stored: from now on it belongs to its request.
    protected override DicomFile? GetCStoreDicomFile() =>
        Interlocked.Exchange(ref _incoming, null) is { } complete ? new ReceivedFile(complete) : null;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            DropIncoming();
        base.Dispose(disposing);
    }

    private void Apply(PeerOptions? peer, DicomAssociation association)
    {
        int operations = peer?.OperationsAtOnce ?? Scp.OperationsAtOnce;
        association.MaxAsyncOpsInvoked =
            association.MaxAsyncOpsInvoked == 0 ? operations : Math.Min(association.MaxAsyncOpsInvoked, operations);
        association.MaxAsyncOpsPerformed = 1;
        if (peer is null)
            return;
        Options.RequestTimeout = peer.ResponseTimeout;
        if (peer.MaximumPduLength is { } length)
            Options.MaxPDULength = (uint)length;
    }

    private async Task<DicomStatus> StoreAsync(DicomCStoreRequest request, IncomingInstance incoming)
    {
        string sopInstanceUid = request.SOPInstanceUID.UID;
        try
        {
            InstanceIdentity identity;
            try
            {
                identity = incoming.ReadIdentity();
            }
            catch (Exception e) when (e is not OutOfMemoryException && !DiskSpace.IsExhausted(e))
            {
                ReceivingLog.Unreadable(Scp.Logger, _callingAeTitle, sopInstanceUid, e.Message);
                return DicomStatus.StorageCannotUnderstand;
            }

            if (identity.SopClassUid != request.SOPClassUID.UID || identity.SopInstanceUid != sopInstanceUid)
            {
                ReceivingLog.Mismatch(Scp.Logger, _callingAeTitle, sopInstanceUid, identity.SopInstanceUid);
                return DicomStatus.StorageDataSetDoesNotMatchSOPClassError;
            }

            if (!InstanceIdentity.IsUsable(sopInstanceUid))
            {
                ReceivingLog.UnusableUid(Scp.Logger, _callingAeTitle, sopInstanceUid);
                return DicomStatus.InvalidObjectInstance;
            }

            return await Scp.Sink.EndInstanceAsync(incoming, identity, _callingAeTitle);
        }
        catch (Exception e) when (DiskSpace.IsExhausted(e))
        {
            ReceivingLog.DiskFull(Scp.Logger, _callingAeTitle, sopInstanceUid);
            return DicomStatus.StorageStorageOutOfResources;
        }
        catch (Exception e)
        {
            ReceivingLog.Failed(Scp.Logger, _callingAeTitle, sopInstanceUid, e);
            return DicomStatus.ProcessingFailure;
        }
    }

    private void DropIncoming() => Interlocked.Exchange(ref _incoming, null)?.Dispose();

    /// <summary>A received instance as the file of its request.</summary>
    private sealed class ReceivedFile(IncomingInstance instance) : DicomFile
    {
        public IncomingInstance Instance => instance;
    }
}
