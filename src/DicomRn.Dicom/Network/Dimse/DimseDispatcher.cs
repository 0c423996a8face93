using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Network.Dimse;

/// <summary>
/// Gives received messages to whom they concern: requests to the service's providers, responses to the requests that wait for
/// them. One request is performed at a time, as the asynchronous operations window 1/1 has it; meanwhile the connection is read
/// on, so that an abort is noticed.
/// </summary>
internal sealed class DimseDispatcher(DicomService service, UpperLayerConnection connection, OutstandingRequests outstanding)
{
    private Task _performing = Task.CompletedTask;

    /// <summary>Waits until no request is being performed.</summary>
    public Task IdleAsync() => _performing;

    public async Task DispatchAsync(DicomMessage message, DicomStatus? refusal)
    {
        if (message is DicomResponse response)
        {
            Answer(response);
            return;
        }

        await _performing.ConfigureAwait(false);
        _performing = PerformAsync((DicomRequest)message, refusal);
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
        if (request.Type == DicomCommandField.CCancelRequest)
            return;
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
            if (request is DicomCStoreRequest)
                service.DeleteTemporaryFile();
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
