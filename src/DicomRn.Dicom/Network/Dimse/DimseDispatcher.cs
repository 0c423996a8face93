using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Network.Dimse;

/// <summary>
/// Gives received messages to whom they concern: requests to the service's providers, responses to the requests that wait for
/// them. As many requests are performed at once as the asynchronous operations window has places, and answered in the order they
/// get done; meanwhile the connection is read on, so that the next request, a C-CANCEL or an abort is noticed.
/// </summary>
internal sealed class DimseDispatcher
{
    private readonly DicomService _service;
    private readonly UpperLayerConnection _connection;
    private readonly OutstandingRequests _outstanding;
    private readonly OperationsWindow _window = new();
    private readonly RequestPerformer _performer;

    public DimseDispatcher(DicomService service, UpperLayerConnection connection, OutstandingRequests outstanding)
    {
        _service = service;
        _connection = connection;
        _outstanding = outstanding;
        _performer = new RequestPerformer(service, connection, _window);
    }

    /// <summary>How many requests of the peer may be outstanding.</summary>
    public int WindowSize
    {
        get => _window.Size;
        set => _window.Size = value;
    }

    /// <summary>The peer takes no further responses: ends what can be cancelled and waits until no request is outstanding.</summary>
    public Task EndAsync() => _window.EndAsync();

    /// <summary>A request's command set came: waits until the window has a place for it.</summary>
    /// <returns>False where its message ID is in use; it is to be refused once it is complete.</returns>
    public ValueTask<bool> AdmitAsync(DicomRequest request) => _window.EnterAsync(request);

    /// <summary>The association ended before the request that was admitted was complete.</summary>
    public void Abandon(DicomRequest request)
    {
        _window.Answer(request);
        _window.Leave();
    }

    /// <summary>A C-CANCEL came.</summary>
    public Task CancelAsync(CancelRequest cancel) => _window.CancelAsync(cancel.OperationMessageID);

    /// <summary>A request that was not admitted is complete. Read on only when it is answered: it has no place in the window.</summary>
    public Task RefuseAsync(DicomRequest request) => _performer.RefuseAsync(request, DicomStatus.DuplicateInvocation);

    /// <summary>A message is complete; a request was admitted before.</summary>
    public void Dispatch(DicomMessage message, DicomStatus? refusal)
    {
        _service.LastMessage = _service.Time.GetTimestamp();
        if (message is DicomResponse response)
            Answer(response);
        else if (_window.Size == 1 && !OperationsWindow.CanBeCancelled((DicomRequest)message))
            _ = PerformAsync((DicomRequest)message, refusal);
        else
            // What performing does before it first waits must not keep the next message from being read.
            _ = Task.Run(() => PerformAsync((DicomRequest)message, refusal));
    }

    private void Answer(DicomResponse response)
    {
        if (_outstanding.Find(response, out TaskCompletionSource<DicomResponse>? lastAnswer) is not { } request)
        {
            throw new PduException(DicomAbortReason.UnexpectedPDUParameter, $"{response}, which answers no request");
        }

        if (response is UnsupportedResponse || response.Type != (request.Type | (DicomCommandField)0x8000))
            throw new PduException(DicomAbortReason.UnexpectedPDUParameter, $"{response} to {request}");
        try
        {
            request.PostResponse(_service, response);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            NetworkLog.ResponseHandlerFailed(_service.Logger, _connection.Peer, request.ToString(), e);
        }

        lastAnswer?.TrySetResult(response);
    }

    private async Task PerformAsync(DicomRequest request, DicomStatus? refusal)
    {
        try
        {
            await _performer.PerformAsync(request, refusal, _window.Cancelled(request)).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            NetworkLog.RequestHandlerFailed(_service.Logger, _connection.Peer, request.ToString(), e);
            _connection.Dispose();
        }
        finally
        {
            _window.Leave();
        }
    }
}
