using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Network.Dimse;

/// <summary>Has the service's providers perform requests and sends their responses.</summary>
internal sealed class RequestPerformer(DicomService service, UpperLayerConnection connection, OperationsWindow window)
{
    /// <summary>Performs a request. Never throws: where no response can be sent, the association ends.</summary>
    /// <param name="request">The request, complete.</param>
    /// <param name="refusal">The status it has earned already; the providers are not asked then.</param>
    /// <param name="cancelled">Cancelled by a C-CANCEL, and when the connection ends.</param>
    public async Task PerformAsync(DicomRequest request, DicomStatus? refusal, CancellationToken cancelled)
    {
        try
        {
            switch (request)
            {
                case DicomCFindRequest find when Accepts(find, ref refusal) && service is IDicomCFindProvider provider:
                    await RespondManyAsync(find, provider.OnCFindRequestAsync, cancelled).ConfigureAwait(false);
                    break;
                case DicomCGetRequest get when Accepts(get, ref refusal) && service is IDicomCGetProvider provider:
                    await RespondManyAsync(get, provider.OnCGetRequestAsync, cancelled).ConfigureAwait(false);
                    break;
                case DicomCMoveRequest move when Accepts(move, ref refusal) && service is IDicomCMoveProvider provider:
                    await RespondManyAsync(move, provider.OnCMoveRequestAsync, cancelled).ConfigureAwait(false);
                    break;
                default:
                    await SendAsync(request, await RespondAsync(request, refusal).ConfigureAwait(false)).ConfigureAwait(false);
                    break;
            }
        }
        catch (Exception e)
        {
            // A request without its response leaves the peer waiting: better no association than that.
            NetworkLog.ResponseNotSent(service.Logger, connection.Peer, $"the response to {request}", e.Message);
            await connection.TryAbortAsync(DicomAbortSource.ServiceUser, DicomAbortReason.NotSpecified).ConfigureAwait(false);
            connection.Dispose();
            return;
        }

        if (request is DicomNActionRequest action && service is IDicomNEventReportRequestProvider reporter && refusal is null)
            await ReportAsync(action, reporter).ConfigureAwait(false);
    }

    /// <summary>Refuses a request that is not among those in progress.</summary>
    public Task RefuseAsync(DicomRequest request, DicomStatus status)
    {
        DicomResponse response = MessageFactory.Respond(request, status);
        response.PresentationContext = request.PresentationContext;
        return service.Sender.SendAsync(response, CancellationToken.None);
    }

    private static bool Accepts(DicomRequest request, ref DicomStatus? refusal)
    {
        refusal ??= RequestScrutiny.Refusal(request);
        return refusal is null;
    }

    private async ValueTask<DicomResponse> RespondAsync(DicomRequest request, DicomStatus? refusal)
    {
        if (!Accepts(request, ref refusal))
            return MessageFactory.Respond(request, refusal!);
        // While this side works, the peer owes nothing.
        connection.Watchdog.Pause();
        try
        {
            return await PerformAsync(request).ConfigureAwait(false) ?? Unrecognized(request);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Failed(request, e);
        }
        finally
        {
            connection.Watchdog.Resume();
            (request as DicomCStoreRequest)?.DeleteTemporaryFile();
        }
    }

    /// <returns>The response, null where the service does not perform such an operation.</returns>
    private async ValueTask<DicomResponse?> PerformAsync(DicomRequest request)
    {
        switch (request)
        {
            case DicomCStoreRequest { HasDataset: true } store when service is IDicomCStoreProvider provider:
                return await provider.OnCStoreRequestAsync(store).ConfigureAwait(false);
            case DicomCEchoRequest echo when service is IDicomCEchoProvider provider:
                return await provider.OnCEchoRequestAsync(echo).ConfigureAwait(false);
            case DicomNEventReportRequest report when service.EventReportHandler is { } handler:
                return await handler(report).ConfigureAwait(false);
        }

        if (service is not IDicomNServiceProvider normalized)
            return null;
        return request switch
        {
            DicomNActionRequest action => await normalized.OnNActionRequestAsync(action).ConfigureAwait(false),
            DicomNCreateRequest create => await normalized.OnNCreateRequestAsync(create).ConfigureAwait(false),
            DicomNDeleteRequest delete => await normalized.OnNDeleteRequestAsync(delete).ConfigureAwait(false),
            DicomNGetRequest get => await normalized.OnNGetRequestAsync(get).ConfigureAwait(false),
            DicomNSetRequest set => await normalized.OnNSetRequestAsync(set).ConfigureAwait(false),
            _ => null,
        };
    }

    /// <summary>Sends responses as they come until one is final, the peer cancels or there are no more.</summary>
    private async Task RespondManyAsync<TRequest, TResponse>(
        TRequest request, Func<TRequest, IAsyncEnumerable<TResponse>> perform, CancellationToken cancelled)
        where TRequest : DicomRequest
        where TResponse : DicomResponse
    {
        await using ResponseSequence<TResponse> responses = new(() => perform(request), connection.Watchdog, cancelled)
        {
            // The peer owes responses to the sub-operations of a C-GET, and so stays watched.
            PausesWatchdog = request is not DicomCGetRequest,
        };
        DicomResponse? last = null;
        while (!cancelled.IsCancellationRequested)
        {
            DicomResponse? response;
            try
            {
                response = await responses.NextAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                response = Failed(request, e);
            }

            if (response is null)
                break;
            await SendAsync(request, response).ConfigureAwait(false);
            if (response.Status.State != DicomState.Pending)
                return;
            last = response;
        }

        DicomResponse end = MessageFactory.Respond(request, cancelled.IsCancellationRequested ? DicomStatus.Cancel : DicomStatus.Success);
        end.CopyCounts(last);
        await SendAsync(request, end).ConfigureAwait(false);
    }

    private async Task ReportAsync(DicomNActionRequest action, IDicomNEventReportRequestProvider reporter)
    {
        try
        {
            await reporter.OnSendNEventReportRequestAsync(action).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            NetworkLog.RequestHandlerFailed(service.Logger, connection.Peer, action.ToString(), e);
        }
    }

    private async Task SendAsync(DicomRequest request, DicomResponse response)
    {
        response.PresentationContext = request.PresentationContext;
        if (response.Status.State != DicomState.Pending)
            window.Answer(request);
        await service.Sender.SendAsync(response, CancellationToken.None).ConfigureAwait(false);
    }

    private DicomResponse Failed(DicomRequest request, Exception e)
    {
        NetworkLog.RequestHandlerFailed(service.Logger, connection.Peer, request.ToString(), e);
        return MessageFactory.Respond(request, new DicomStatus(DicomStatus.ProcessingFailure, "Unexpected error"));
    }

    private DicomResponse Unrecognized(DicomRequest request)
    {
        NetworkLog.UnrecognizedOperation(service.Logger, connection.Peer, request.ToString());
        return MessageFactory.Respond(request, DicomStatus.UnrecognizedOperation);
    }
}
