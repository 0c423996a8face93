using DicomRn.Dicom.Network.Client.EventArguments;
using DicomRn.Dicom.Network.Dimse;
using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Network.Client;

/// <summary>Requests that go over one association, as many at once as its asynchronous operations window allows.</summary>
internal sealed class AssociationBatch(
    DicomClientConnection connection,
    TimeSpan? requestTimeout,
    TimeProvider time,
    List<Exception> notSent,
    DicomClientCancellationMode cancellationMode)
{
    private const int LargestWindow = 64;

    private static readonly TimeSpan ReaderCatchesUp = TimeSpan.FromSeconds(1);

    private readonly Queue<(DicomRequest Request, Task<DicomResponse> Answer)> _waiting = new();

    public event EventHandler<RequestTimedOutEventArgs>? RequestTimedOut;

    /// <summary>Requests sent.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a message broke off in the middle, after which only an abort can follow.</summary>
    public bool IsBroken => connection.Sender.IsBroken;

    /// <summary>Sends the requests and waits for all their answers.</summary>
    public async Task SendAsync(Queue<DicomRequest> requests, CancellationToken cancellationToken)
    {
        int window = connection.Association!.MaxAsyncOpsInvoked is > 0 and var invoked ? Math.Min(invoked, LargestWindow) : LargestWindow;
        try
        {
            while (requests.TryDequeue(out DicomRequest? request))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Count++;
                if (await TrySendAsync(request, requests.Count, cancellationToken).ConfigureAwait(false) is { } answer)
                    _waiting.Enqueue((request, answer));
                if (_waiting.Count >= window && requests.TryPeek(out DicomRequest? next))
                    connection.Sender.Prepare(next);
                while (_waiting.Count >= window)
                    await AwaitFirstAsync(requests.Count, cancellationToken).ConfigureAwait(false);
            }

            while (_waiting.Count > 0)
                await AwaitFirstAsync(0, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            connection.Sender.ForgetPrepared();
        }
    }

    /// <summary>Asks the peer to end the operations that can be ended, and waits for their last responses, but not for long.</summary>
    public async Task CancelAsync(TimeSpan patience)
    {
        List<Task> ending = [];
        foreach ((DicomRequest request, Task<DicomResponse> answer) in _waiting)
        {
            if (answer.IsCompleted || request is not (DicomCFindRequest or DicomCGetRequest or DicomCMoveRequest))
                continue;
            await connection.Sender.SendAsync(new CancelRequest(request), CancellationToken.None).ConfigureAwait(false);
            ending.Add(answer);
        }

        try
        {
            await Task.WhenAll(ending).WaitAsync(patience, time).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or DicomNetworkException)
        {
            NetworkLog.NotCancelled(connection.Logger, connection.Peer, e.Message);
        }
    }

    private async Task<Task<DicomResponse>?> TrySendAsync(DicomRequest request, int left, CancellationToken cancellationToken)
    {
        // A release can only follow a whole message, an abort may cut one off.
        CancellationToken cutOff =
            cancellationMode == DicomClientCancellationMode.ImmediatelyAbortAssociation ? cancellationToken : CancellationToken.None;
        try
        {
            return await connection.SendAndAwaitAsync(request, cutOff).ConfigureAwait(false);
        }
        catch (PresentationContextException e)
        {
            // The association cannot carry this one; its sender hears what a peer without the SOP class would have answered.
            NetworkLog.RequestNotSent(connection.Logger, connection.Peer, request.ToString(), e.Message);
            request.PostResponse(connection, MessageFactory.Respond(request, new DicomStatus(DicomStatus.SOPClassNotSupported, e.Message)));
            return null;
        }
        catch (Exception e) when (connection.IsConnected
            ? e is OperationCanceledException && !cutOff.IsCancellationRequested
            : UpperLayerConnection.IsLost(e) || e is DicomNetworkException)
        {
            throw await LostAsync(left + 1, e).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DicomDataException or IOException or UnauthorizedAccessException && !IsBroken)
        {
            NetworkLog.RequestNotSent(connection.Logger, connection.Peer, request.ToString(), e.Message);
            notSent.Add(e);
            return null;
        }
        catch (Exception e) when (IsBroken && e is not OperationCanceledException)
        {
            throw new DicomNetworkException(
                $"{connection.Peer}: {request} broke off and the association is aborted, {left} request(s) were not sent: {e.Message}", e);
        }
    }

    private async Task AwaitFirstAsync(int left, CancellationToken cancellationToken)
    {
        (DicomRequest request, Task<DicomResponse> answer) = _waiting.Peek();
        try
        {
            await AwaitAsync(answer, cancellationToken).ConfigureAwait(false);
            _waiting.Dequeue();
        }
        catch (TimeoutException)
        {
            TimeSpan timeout = requestTimeout!.Value;
            NetworkLog.RequestTimedOut(connection.Logger, connection.Peer, request.ToString(), timeout);
            request.RaiseTimeout(timeout);
            RequestTimedOut?.Invoke(this, new RequestTimedOutEventArgs(request, timeout));
            throw new DicomRequestTimedOutException(request, timeout, connection.Peer);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw await LostAsync(left + _waiting.Count, e).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for a last response. What else the peer sends meanwhile, pending responses and requests of its own, begins the time anew.</summary>
    private async Task AwaitAsync(Task<DicomResponse> answer, CancellationToken cancellationToken)
    {
        if (requestTimeout is not { } timeout)
        {
            await answer.WaitAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        long begin = time.GetTimestamp();
        while (true)
        {
            long heard = Math.Max(begin, connection.LastMessage);
            try
            {
                await answer.WaitAsync(timeout - time.GetElapsedTime(heard), time, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (TimeoutException) when (connection.LastMessage > heard)
            {
                // It is still at work.
            }
        }
    }

    /// <summary>Why the association ended, with how many requests it left unanswered.</summary>
    private async Task<Exception> LostAsync(int unanswered, Exception cause)
    {
        // A write can fail before the reader has come to the abort that explains it.
        await Task.WhenAny(connection.Closed, Task.Delay(ReaderCatchesUp, time)).ConfigureAwait(false);
        await connection.CloseAsync().ConfigureAwait(false);
        Exception reason = connection.Failure ?? cause;
        string message = $"{connection.Peer}: {unanswered} request(s) were not answered: {reason.Message}";
        return reason is DicomAssociationAbortedException aborted
            ? new DicomAssociationAbortedException(aborted.AbortSource, aborted.AbortReason, message)
            : new ConnectionClosedPrematurelyException(message, reason);
    }
}
