using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Network.Dimse;

/// <summary>
/// Gives received messages to whom they concern: requests to the service's providers, responses to the requests that wait for
/// them. As many requests are performed at once as the asynchronous operations window has places, and answered in the order they
/// get done; meanwhile the connection is read on, so that the next request, or an abort, is noticed.
/// </summary>
internal sealed class DimseDispatcher(DicomService service, UpperLayerConnection connection, OutstandingRequests outstanding)
{
    private readonly OperationsWindow _window = new();

    /// <summary>How many requests of the peer may be outstanding.</summary>
    public int WindowSize
    {
        get => _window.Size;
        set => _window.Size = value;
    }

    /// <summary>Waits until no request is outstanding.</summary>
    public ValueTask IdleAsync() => _window.EmptyAsync();

    /// <summary>A request's command set came: waits until the window has a place for it.</summary>
    /// <returns>Null, or the status to answer instead of performing it.</returns>
    public async ValueTask<DicomStatus?> AdmitAsync(DicomRequest request) =>
        await _window.EnterAsync(request.MessageID).ConfigureAwait(false) ? null : DicomStatus.DuplicateInvocation;

    /// <summary>The association ended before the request that was admitted was complete.</summary>
    public void Abandon(DicomRequest request) => _window.Leave(request.MessageID);

    /// <summary>A message is complete; a request was admitted before.</summary>
    public void Dispatch(DicomMessage message, DicomStatus? refusal)
    {
        if (message is DicomResponse response)
            Answer(response);
        else if (_window.Size == 1)
            _ = PerformAsync((DicomRequest)message, refusal);
        else
            // What performing does before it first waits must not keep the next request from being read.
            _ = Task.Run(() => PerformAsync((DicomRequest)message, refusal));
    }

    private void Answer(DicomResponse response)
    {
        if (outstanding.Find(response, out TaskCompletionSource<DicomResponse>? lastAnswer) is not { } request)
        {
            throw new PduException(DicomAbortReason.UnexpectedPDUParameter, $"{response}, which answers no request");
        }

        if (response is UnsupportedResponse || response.Type != (request.Type | (DicomCommandField)0x8000))
            throw new PduException(DicomAbortReason.UnexpectedPDUParameter, $"{response} to {request}");
        try
        {
            request.PostResponse(service, response);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            NetworkLog.ResponseHandlerFailed(service.Logger, connection.Peer, request.ToString(), e);
        }

        lastAnswer?.TrySetResult(response);
    }

    private async Task PerformAsync(DicomRequest request, DicomStatus? refusal)
    {
        try
        {
            await AnswerAsync(request, refusal).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            NetworkLog.RequestHandlerFailed(service.Logger, connection.Peer, request.ToString(), e);
            connection.Dispose();
        }
        finally
        {
            _window.Leave(request.MessageID);
        }
    }

    private async Task AnswerAsync(DicomRequest request, DicomStatus? refusal)
    {
        DicomResponse response;
        connection.Watchdog.Pause();
        try
        {
            response = await RespondAsync(request, refusal).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            NetworkLog.RequestHandlerFailed(service.Logger, connection.Peer, request.ToString(), e);
            response = Response(request, new DicomStatus(DicomStatus.ProcessingFailure, "Unexpected error"));
        }
        finally
        {
            connection.Watchdog.Resume();
            (request as DicomCStoreRequest)?.DeleteTemporaryFile();
        }

        try
        {
            response.PresentationContext = request.PresentationContext;
            await service.Sender.SendAsync(response, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // A request without its response leaves the peer waiting: better no association than that.
            NetworkLog.ResponseNotSent(service.Logger, connection.Peer, response.ToString(), e.Message);
            await connection.TryAbortAsync(DicomAbortSource.ServiceUser, DicomAbortReason.NotSpecified).ConfigureAwait(false);
            connection.Dispose();
        }
    }

    private async ValueTask<DicomResponse> RespondAsync(DicomRequest request, DicomStatus? refusal)
    {
        if (refusal is not null)
            return Response(request, refusal);
        switch (request)
        {
            case DicomCEchoRequest echo when service is IDicomCEchoProvider provider:
                return await provider.OnCEchoRequestAsync(echo).ConfigureAwait(false);
            case DicomCStoreRequest store when service is IDicomCStoreProvider provider && store.HasDataset:
                return await provider.OnCStoreRequestAsync(store).ConfigureAwait(false);
            default:
                NetworkLog.UnrecognizedOperation(service.Logger, connection.Peer, request.ToString());
                return Response(request, DicomStatus.UnrecognizedOperation);
        }
    }

    private static DicomResponse Response(DicomRequest request, DicomStatus status) => request switch
    {
        DicomCEchoRequest echo => new DicomCEchoResponse(echo, status),
        DicomCStoreRequest store when store.Command.GetSingleValueOrDefault(DicomTag.AffectedSOPInstanceUID, "") is { Length: > 0 } =>
            new DicomCStoreResponse(store, status),
        _ => new UnsupportedResponse(request, status),
    };
}
