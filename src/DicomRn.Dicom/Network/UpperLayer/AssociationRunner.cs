using DicomRn.Dicom.Network.Dimse;
using Microsoft.Extensions.Logging;

namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>
/// The upper layer's state machine (PS3.8 9.2) over one connection: reads PDU after PDU, lets pass what the state allows, aborts
/// on everything else, and tells the service. Whatever goes wrong ends here, with this connection alone.
/// </summary>
internal sealed class AssociationRunner(
    DicomService service, UpperLayerConnection connection, DimseReceiver receiver, DimseDispatcher dispatcher, OutstandingRequests outstanding)
{
    private readonly ConnectionWatchdog _watchdog = connection.Watchdog;
    private bool _released;
    private int _progress;

    public AssociationState State { get; private set; } = AssociationState.AwaitingRequest;

    private ILogger Logger => service.Logger;

    /// <summary>Runs the connection to its end. Never throws: the service hears of every fault.</summary>
    public async Task RunAsync()
    {
        Exception? failure = await ReadToTheEndAsync().ConfigureAwait(false);
        try
        {
            if (State == AssociationState.AwaitingRequest)
                await RefuseConnectionAsync(failure).ConfigureAwait(false);
            else if (failure is PduException broken)
                await AbortHereAsync(broken.Reason, broken).ConfigureAwait(false);
            else if (_watchdog.Expired is not null && failure is not null)
                await AbortHereAsync(DicomAbortReason.NotSpecified, failure).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            NetworkLog.ServiceFailed(Logger, connection.Peer, e);
        }

        State = AssociationState.AwaitingClose;
        await EndAsync(failure).ConfigureAwait(false);
    }

    /// <summary>Sends the association request of a requestor; its answer comes through the service's callbacks.</summary>
    public async Task RequestAsync(DicomAssociation association, TimeSpan timeout)
    {
        State = AssociationState.AwaitingAnswer;
        _watchdog.Await("the answer to the association request", timeout);
        using PduWriter pdu = new(PduType.AAssociateRq);
        AssociationNegotiation.Request(association, connection.MaximumLength).Write(pdu);
        await connection.SendAsync(pdu).ConfigureAwait(false);
    }

    public async Task AcceptAsync(DicomAssociation association)
    {
        Require(AssociationState.AwaitingDecision, "accept");
        connection.Take(service.Options);
        using PduWriter pdu = new(PduType.AAssociateAc);
        AssociationNegotiation.Accept(association, connection.MaximumLength).Write(pdu);
        Establish(association);
        await connection.SendAsync(pdu).ConfigureAwait(false);
    }

    public async Task RejectAsync(DicomRejectResult result, DicomRejectSource source, DicomRejectReason reason)
    {
        Require(AssociationState.AwaitingDecision, "reject");
        State = AssociationState.AwaitingClose;
        NetworkLog.AssociationRejected(Logger, connection.Peer, reason, result, source);
        using PduWriter pdu = new(PduType.AAssociateRj);
        new AAssociateRj((byte)result, (byte)source, (byte)((int)reason & 0xF)).Write(pdu);
        await connection.SendAsync(pdu).ConfigureAwait(false);
    }

    public async Task RequestReleaseAsync(TimeSpan timeout)
    {
        Require(AssociationState.Established, "release");
        if (service is IAssociationRequestor)
            await AnswerBeforeReleaseAsync(timeout).ConfigureAwait(false);
        Require(AssociationState.Established, "release");
        State = AssociationState.AwaitingReleaseResponse;
        _watchdog.Await("the release response", timeout);
        using PduWriter pdu = new(PduType.AReleaseRq);
        AReleaseRq.Write(pdu);
        await connection.SendAsync(pdu).ConfigureAwait(false);
    }

    /// <summary>After its request for release this side sends no response any more (PS3.8 9.2, Sta7): those it owes go before.</summary>
    private async Task AnswerBeforeReleaseAsync(TimeSpan timeout)
    {
        try
        {
            await dispatcher.EndAsync().WaitAsync(timeout, service.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            NetworkLog.ResponseNotSent(Logger, connection.Peer, "a response", "it was not done before the association is released");
        }
    }

    public async Task RespondToReleaseAsync()
    {
        if (State == AssociationState.ReleaseCollision)
            return;
        Require(AssociationState.AwaitingLocalRelease, "answer a release of");
        _released = true;
        State = AssociationState.AwaitingClose;
        // With the response the association is over, and the peer may ask for the next one at once.
        service.LeavePlace();
        using PduWriter pdu = new(PduType.AReleaseRp);
        AReleaseRp.Write(pdu);
        await connection.SendAsync(pdu).ConfigureAwait(false);
    }

    public async Task AbortAsync(DicomAbortSource source, DicomAbortReason reason)
    {
        State = AssociationState.AwaitingClose;
        NetworkLog.AssociationAbortedHere(Logger, connection.Peer, $"{reason} (source {source})");
        await connection.TryAbortAsync(source, reason).ConfigureAwait(false);
        connection.Dispose();
    }

    /// <returns>Why the connection ends, null where it does in order.</returns>
    private async Task<Exception?> ReadToTheEndAsync()
    {
        try
        {
            if (State == AssociationState.AwaitingRequest)
                _watchdog.Await("an association request", connection.Limits.Artim);
            while (State != AssociationState.AwaitingClose && await connection.Receiver.ReadAsync().ConfigureAwait(false))
                await HandleAsync(connection.Receiver.Type, connection.Receiver.Body).ConfigureAwait(false);
            return State is AssociationState.AwaitingClose or AssociationState.AwaitingRequest ? null : Lost(null);
        }
        catch (PduException e)
        {
            return e;
        }
        catch (Exception e) when (UpperLayerConnection.IsLost(e))
        {
            return _watchdog.Expired is { } expired ? new DicomNetworkException(expired, e) : Lost(e);
        }
        catch (Exception e)
        {
            NetworkLog.ServiceFailed(Logger, connection.Peer, e);
            await connection.TryAbortAsync(DicomAbortSource.ServiceProvider, DicomAbortReason.NotSpecified).ConfigureAwait(false);
            return e;
        }
    }

    private Task HandleAsync(PduType type, ReadOnlyMemory<byte> body)
    {
        if (service.Options.LogDataPDUs)
            NetworkLog.PduReceived(Logger, connection.Peer, type.ToString(), body.Length);
        return (type, State) switch
        {
            (PduType.AAbort, _) => HandleAbortAsync(AAbort.Read(body.Span)),
            (PduType.AAssociateRq, AssociationState.AwaitingRequest) => HandleRequestAsync(body),
            (PduType.AAssociateAc, AssociationState.AwaitingAnswer) => HandleAcceptAsync(AAssociateAc.Read(body.Span)),
            (PduType.AAssociateRj, AssociationState.AwaitingAnswer) => HandleRejectAsync(AAssociateRj.Read(body.Span)),
            (PduType.PDataTf, AssociationState.Established or AssociationState.AwaitingReleaseResponse) => HandleDataAsync(body),
            (PduType.AReleaseRq, AssociationState.Established) => HandleReleaseRequestAsync(),
            (PduType.AReleaseRq, AssociationState.AwaitingReleaseResponse) => HandleReleaseCollisionAsync(),
            (PduType.AReleaseRp, AssociationState.AwaitingReleaseResponse or AssociationState.ReleaseCollision
                or AssociationState.ReleaseCollisionAnswered) => HandleReleaseResponseAsync(),
            _ => throw new PduException(DicomAbortReason.UnexpectedPDU, $"an unexpected {type} PDU ({State})"),
        };
    }

    private async Task HandleRequestAsync(ReadOnlyMemory<byte> body)
    {
        AAssociateRq request = AAssociateRq.Read(body.Span, connection.Limits.PresentationContexts);
        _watchdog.Await("the service's decision", Timeout.InfiniteTimeSpan);
        State = AssociationState.AwaitingDecision;
        connection.Peer = $"{request.CallingAe}@{connection.Peer}";
        if ((request.ProtocolVersion & 1) == 0)
        {
            await RejectAsync(DicomRejectResult.Permanent, DicomRejectSource.ServiceProviderACSE, DicomRejectReason.ProtocolVersionNotSupported).ConfigureAwait(false);
            return;
        }

        if (request.ApplicationContext != AAssociateRq.DicomApplicationContext)
        {
            await RejectAsync(DicomRejectResult.Permanent, DicomRejectSource.ServiceUser, DicomRejectReason.ApplicationContextNotSupported).ConfigureAwait(false);
            return;
        }

        if (!PDataTf.FitsInto(request.User.MaximumLength))
        {
            NetworkLog.MaximumLengthTooShort(Logger, connection.Peer, request.User.MaximumLength);
            await RejectAsync(DicomRejectResult.Permanent, DicomRejectSource.ServiceProviderACSE, DicomRejectReason.NoReasonGiven_).ConfigureAwait(false);
            return;
        }

        if (!service.TakePlace())
        {
            await RejectAsync(DicomRejectResult.Transient, DicomRejectSource.ServiceProviderPresentation, DicomRejectReason.LocalLimitExceeded).ConfigureAwait(false);
            return;
        }

        DicomAssociation association = AssociationNegotiation.Propose(request, connection.Network);
        association.Options = service.Options;
        service.Association = association;
        await ((IDicomServiceProvider)service).OnReceiveAssociationRequestAsync(association).ConfigureAwait(false);
        if (State != AssociationState.AwaitingDecision)
            return;
        NetworkLog.AssociationUndecided(Logger, connection.Peer);
        await RejectAsync(DicomRejectResult.Transient, DicomRejectSource.ServiceUser, DicomRejectReason.NoReasonGiven).ConfigureAwait(false);
    }

    private async Task HandleAcceptAsync(AAssociateAc answer)
    {
        DicomAssociation association = service.Association!;
        AssociationNegotiation.TakeAnswer(association, answer);
        Establish(association);
        await ((IAssociationRequestor)service).OnAcceptedAsync(association).ConfigureAwait(false);
    }

    private async Task HandleRejectAsync(AAssociateRj answer)
    {
        State = AssociationState.AwaitingClose;
        DicomRejectResult result = (DicomRejectResult)answer.Result;
        DicomRejectSource source = (DicomRejectSource)answer.Source;
        DicomRejectReason reason = (DicomRejectReason)((answer.Source << 4) | answer.Reason);
        NetworkLog.AssociationRejected(Logger, connection.Peer, reason, result, source);
        await ((IAssociationRequestor)service).OnRejectedAsync(result, source, reason).ConfigureAwait(false);
        // The requestor closes the connection after a rejection (PS3.8 AE-4).
        connection.Dispose();
    }

    private async Task HandleDataAsync(ReadOnlyMemory<byte> body)
    {
        PDataTf data = new(body);
        bool began = !receiver.IsInMessage;
        while (data.TryRead(out PresentationDataValue value))
            await receiver.ReceiveAsync(value).ConfigureAwait(false);
        if (State != AssociationState.Established)
            return;
        // A message that comes in crumbs makes no progress.
        _progress = began ? 0 : _progress + body.Length;
        if (began || !receiver.IsInMessage || _progress >= connection.Limits.Progress)
            AwaitNext();
    }

    private async Task HandleReleaseRequestAsync()
    {
        if (receiver.IsInMessage)
            throw new PduException(DicomAbortReason.UnexpectedPDU, "a release request inside a message");
        // After its request for release the peer sends nothing more (PS3.8 9.2, Sta7): what it owes will not come.
        outstanding.FailAll(new DicomNetworkException($"{connection.Peer} released the association without an answer"));
        await dispatcher.EndAsync().ConfigureAwait(false);
        State = AssociationState.AwaitingLocalRelease;
        if (service is IDicomServiceProvider provider)
            await provider.OnReceiveAssociationReleaseRequestAsync().ConfigureAwait(false);
        if (State == AssociationState.AwaitingLocalRelease)
            await RespondToReleaseAsync().ConfigureAwait(false);
    }

    /// <summary>Both sides asked: the requestor answers at once, the acceptor after the requestor's response (PS3.8 AR-8 to AR-10).</summary>
    private async Task HandleReleaseCollisionAsync()
    {
        if (service is not IAssociationRequestor)
        {
            State = AssociationState.ReleaseCollision;
            return;
        }

        State = AssociationState.ReleaseCollisionAnswered;
        using PduWriter pdu = new(PduType.AReleaseRp);
        AReleaseRp.Write(pdu);
        await connection.SendAsync(pdu).ConfigureAwait(false);
    }

    private async Task HandleReleaseResponseAsync()
    {
        bool collision = State == AssociationState.ReleaseCollision;
        _released = true;
        State = AssociationState.AwaitingClose;
        if (collision)
        {
            using PduWriter pdu = new(PduType.AReleaseRp);
            AReleaseRp.Write(pdu);
            await connection.SendAsync(pdu).ConfigureAwait(false);
            return;
        }

        // The requestor of the release closes the connection (PS3.8 AR-3).
        connection.Dispose();
    }

    private async Task HandleAbortAsync(AAbort abort)
    {
        State = AssociationState.AwaitingClose;
        NetworkLog.AssociationAborted(Logger, connection.Peer, abort.Reason, abort.Source);
        DicomAssociationAbortedException reason =
            new(abort.Source, abort.Reason, $"{connection.Peer} aborted the association: {abort.Reason} (source {abort.Source})");
        await receiver.AbandonAsync(reason).ConfigureAwait(false);
        outstanding.FailAll(reason);
        if (service.Association is not null)
            (service as IDicomService)?.OnReceiveAbort(abort.Source, abort.Reason);
        connection.Dispose();
    }

    /// <summary>
    /// Without an association request nothing is wrong with the service provider: what is no request is answered with the service
    /// user's abort (PS3.8 AA-1), silence by closing the connection (AA-2).
    /// </summary>
    private async Task RefuseConnectionAsync(Exception? failure)
    {
        if (failure is null)
            return;
        NetworkLog.ConnectionRefused(Logger, connection.Peer, failure.Message);
        if (failure is PduException)
            await connection.TryAbortAsync(DicomAbortSource.ServiceUser, DicomAbortReason.NotSpecified).ConfigureAwait(false);
    }

    private async Task AbortHereAsync(DicomAbortReason reason, Exception failure)
    {
        NetworkLog.AssociationAbortedHere(Logger, connection.Peer, failure.Message);
        await receiver.AbandonAsync(failure).ConfigureAwait(false);
        await connection.TryAbortAsync(DicomAbortSource.ServiceProvider, reason).ConfigureAwait(false);
        (service as IAssociationRequestor)?.OnFailed(failure);
        if (service.Association is not null)
            (service as IDicomService)?.OnReceiveAbort(DicomAbortSource.ServiceProvider, reason);
    }

    private void Establish(DicomAssociation association)
    {
        service.Association = association;
        service.Sender = new DimseSender(connection, association, service is IAssociationRequestor);
        State = AssociationState.Established;
        // The window is named from the requestor's side (PS3.7 D.3.3.3): what it performs, the acceptor invokes.
        int window = service is IAssociationRequestor ? association.MaxAsyncOpsPerformed : association.MaxAsyncOpsInvoked;
        dispatcher.WindowSize = window == 0 ? connection.Limits.OperationsAtOnce : Math.Min(window, connection.Limits.OperationsAtOnce);
        int accepted = association.PresentationContexts.Count(c => c.Result == DicomPresentationContextResult.Accept);
        NetworkLog.AssociationAccepted(Logger, connection.Peer, accepted, association.PresentationContexts.Count);
        _watchdog.PduTimeout = connection.NetworkTimeout;
        AwaitNext();
    }

    private void AwaitNext()
    {
        _progress = 0;
        if (receiver.IsInMessage)
            _watchdog.Await("the rest of a message", connection.NetworkTimeout, spansPdus: true);
        else if (service is IAssociationRequestor)
            _watchdog.Await("a response", Timeout.InfiniteTimeSpan);
        else
            _watchdog.Await("a message", connection.Limits.Idle);
    }

    private async Task EndAsync(Exception? failure)
    {
        try
        {
            Exception reason = failure ?? Lost(null);
            await receiver.AbandonAsync(reason).ConfigureAwait(false);
            outstanding.FailAll(reason);
            await dispatcher.EndAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            NetworkLog.ServiceFailed(Logger, connection.Peer, e);
        }

        service.LeavePlace();
        await connection.CloseAsync().ConfigureAwait(false);
        if (_released && failure is null)
            NetworkLog.AssociationReleased(Logger, connection.Peer);
        else if (failure is ConnectionClosedPrematurelyException)
            NetworkLog.ConnectionLost(Logger, connection.Peer, failure.Message);
        try
        {
            (service as IDicomService)?.OnConnectionClosed(failure);
        }
        catch (Exception e)
        {
            NetworkLog.ServiceFailed(Logger, connection.Peer, e);
        }

        connection.Release();
    }

    private ConnectionClosedPrematurelyException Lost(Exception? cause) =>
        new($"{connection.Peer}: the connection was lost{(cause is null ? " before the association was released" : $": {cause.Message}")}", cause);

    private void Require(AssociationState state, string verb)
    {
        if (State != state)
            throw new DicomNetworkException($"{connection.Peer}: cannot {verb} an association in state {State}");
    }
}
