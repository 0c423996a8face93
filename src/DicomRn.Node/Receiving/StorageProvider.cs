using System.Text;
using DicomRn.Node.Administration;
using DicomRn.Node.State;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Receiving;

/// <summary>One association of a storage and verification SCP.</summary>
internal sealed partial class StorageProvider(
    INetworkStream stream, Encoding fallbackEncoding, ILogger logger, DicomServiceDependencies dependencies)
    : DicomService(stream, fallbackEncoding, logger, dependencies),
        IDicomServiceProvider, IDicomCStoreProvider, IDicomCEchoProvider
{
    private readonly INetworkStream _connection = stream;

    // The instance that is arriving; a complete one belongs to its request.
    private IncomingInstance? _incoming;
    private string _callingAeTitle = "";
    private AssociationAccount? _account;

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
        CallerConnection caller = CallerConnection.Of(_connection);
        _account = new AssociationAccount
        {
            CallingAeTitle = _callingAeTitle,
            CalledAeTitle = association.CalledAE.Trim(),
            Host = caller.Host,
            IsSecured = caller.IsSecured,
            StartedAt = Scp.TimeProvider.GetUtcNow(),
        };
        Scp.Associations?.Begin(_account);
        AssociationDecision decision = await Scp.Policy.DecideAsync(association, caller);
        if (decision.Rejection is { } reason)
        {
            ReceivingLog.Rejected(
                Scp.Logger, _callingAeTitle, association.RemoteHost, association.CalledAE.Trim(), reason, decision.Explanation);
            Close(AssociationEnd.Rejected, $"{reason}: {decision.Explanation}");
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
        Close(AssociationEnd.Released, null);
        return SendAssociationReleaseResponseAsync();
    }

    public void OnReceiveAbort(DicomAbortSource source, DicomAbortReason reason)
    {
        ReceivingLog.Aborted(Scp.Logger, _callingAeTitle, source, reason);
        Close(AssociationEnd.Aborted, $"by {source}: {reason}");
    }

    public void OnConnectionClosed(Exception? exception)
    {
        if (exception is not null && _callingAeTitle.Length > 0)
            ReceivingLog.Lost(Scp.Logger, _callingAeTitle, exception.Message);
        Close(AssociationEnd.Lost, exception?.Message);
        DropIncoming();
    }

    public Task<DicomCEchoResponse> OnCEchoRequestAsync(DicomCEchoRequest request) =>
        Task.FromResult(new DicomCEchoResponse(request, DicomStatus.Success));

    public async Task<DicomCStoreResponse> OnCStoreRequestAsync(DicomCStoreRequest request)
    {
        using IncomingInstance? incoming = (request.File as ReceivedFile)?.Instance;
        (DicomStatus status, InstanceIdentity? identity) = incoming is null
            ? (DicomStatus.StorageCannotUnderstand, null)
            : await StoreAsync(request, incoming);
        _account?.Count(identity, status);
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
        {
            Close(AssociationEnd.Lost, "the node ended it");
            DropIncoming();
        }

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

    private async Task<(DicomStatus Status, InstanceIdentity? Identity)> StoreAsync(DicomCStoreRequest request, IncomingInstance incoming)
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
                return (DicomStatus.StorageCannotUnderstand, null);
            }

            if (identity.SopClassUid != request.SOPClassUID.UID || identity.SopInstanceUid != sopInstanceUid)
            {
                ReceivingLog.Mismatch(Scp.Logger, _callingAeTitle, sopInstanceUid, identity.SopInstanceUid);
                return (DicomStatus.StorageDataSetDoesNotMatchSOPClassError, identity);
            }

            if (!InstanceIdentity.IsUsable(sopInstanceUid))
            {
                ReceivingLog.UnusableUid(Scp.Logger, _callingAeTitle, sopInstanceUid);
                return (DicomStatus.InvalidObjectInstance, identity);
            }

            return (await Scp.Sink.EndInstanceAsync(incoming, identity, _callingAeTitle), identity);
        }
        catch (Exception e) when (DiskSpace.IsExhausted(e))
        {
            ReceivingLog.DiskFull(Scp.Logger, _callingAeTitle, sopInstanceUid);
            return (DicomStatus.StorageStorageOutOfResources, null);
        }
        catch (Exception e)
        {
            ReceivingLog.Failed(Scp.Logger, _callingAeTitle, sopInstanceUid, e);
            return (DicomStatus.ProcessingFailure, null);
        }
    }

    /// <summary>Closes the account, once: what is told first is how it ended.</summary>
    private void Close(AssociationEnd end, string? reason)
    {
        if (Interlocked.Exchange(ref _account, null) is not { } account)
            return;
        account.End = end;
        account.Reason = reason;
        account.EndedAt = Scp.TimeProvider.GetUtcNow();
        Scp.Associations?.Publish(account);
    }

    private void DropIncoming() => Interlocked.Exchange(ref _incoming, null)?.Dispose();

    /// <summary>A received instance as the file of its request.</summary>
    private sealed class ReceivedFile(IncomingInstance instance) : DicomFile
    {
        public IncomingInstance Instance => instance;
    }
}
