using System.Globalization;
using DicomRn.Node.Administration;
using DicomRn.Node.Pipeline;
using DicomRn.Node.State;

namespace DicomRn.Node.Delivery;

/// <summary>Sends the results of one study to one destination on one association.</summary>
internal sealed class ResultSender(PeerCall call)
{
    /// <summary>
    /// Sends them, in the order of revisions and the report after what it refers to: as long as the destination refuses for
    /// now what is ahead, what follows is not sent. What it has learned is in <paramref name="outcomes"/> by delivery, even
    /// where it throws: an outcome that came before an abort stays true.
    /// </summary>
    /// <exception cref="DicomNetworkException">The association was refused, aborted or lost.</exception>
    /// <exception cref="OperationCanceledException">It took too long, or the program ends.</exception>
    public async Task SendAsync(
        IReadOnlyList<DueDelivery> deliveries, IDictionary<long, SendOutcome> outcomes, CancellationToken cancellationToken)
    {
        IDicomClient client = call.CreateClient();
        Queue<List<DicomCStoreRequest>> stages = [];
        foreach (IGrouping<(int, bool), DueDelivery> stage in deliveries
            .GroupBy(d => (d.Revision, IsReport: d.Kind == ResultKind.SR))
            .OrderBy(group => group.Key))
        {
            List<DicomCStoreRequest> requests = [];
            foreach (DueDelivery delivery in stage)
                if (await CreateRequestAsync(delivery, outcomes) is { } request)
                    requests.Add(request);
            if (requests.Count > 0)
                stages.Enqueue(requests);
        }

        if (!stages.TryDequeue(out List<DicomCStoreRequest>? first))
            return;
        // The association is for all of them, though the client gets to know them stage by stage.
        foreach (DicomCStoreRequest later in stages.SelectMany(stage => stage))
            Propose(client, later);
        Begin(first);
        await client.SendAsync(cancellationToken, DicomClientCancellationMode.ImmediatelyAbortAssociation);

        void Begin(List<DicomCStoreRequest> stage)
        {
            int unanswered = stage.Count;
            bool isHeldUp = false;
            foreach (DicomCStoreRequest request in stage)
            {
                DicomCStoreRequest.ResponseDelegate? judge = request.OnResponseReceived;
                request.OnResponseReceived = (asked, response) =>
                {
                    judge?.Invoke(asked, response);
                    isHeldUp |= DeliveryStatuses.Judge(response.Status) == DeliveryStatus.Passing;
                    if (--unanswered == 0 && !isHeldUp && stages.TryDequeue(out List<DicomCStoreRequest>? next))
                        Begin(next);
                };
            }

            // It only puts them into the client's queue.
            _ = client.AddRequestsAsync(stage);
        }
    }

    private static void Propose(IDicomClient client, DicomCStoreRequest request)
    {
        DicomTransferSyntax syntax = request.TransferSyntax ?? DicomTransferSyntax.ExplicitVRLittleEndian;
        if (client.AdditionalPresentationContexts.Any(known =>
            known.AbstractSyntax == request.SOPClassUID && known.GetTransferSyntaxes().Contains(syntax)))
            return;
        DicomPresentationContext context = new(0, request.SOPClassUID);
        context.AddTransferSyntax(syntax);
        client.AdditionalPresentationContexts.Add(context);
    }

    private static async Task<DicomCStoreRequest?> CreateRequestAsync(
        DueDelivery delivery, IDictionary<long, SendOutcome> outcomes)
    {
        DicomFile file;
        try
        {
            file = await DicomFile.OpenAsync(delivery.Path, FileReadOption.ReadLargeOnDemand);
        }
        catch (Exception e) when (e is IOException or DicomException or UnauthorizedAccessException)
        {
            outcomes[delivery.Id] = new SendOutcome(
                delivery, DeliveryStatus.Refused, null, $"The result file cannot be read: {e.Message}");
            return null;
        }

        return new DicomCStoreRequest(file)
        {
            OnResponseReceived = (_, response) =>
            {
                KillPoints.Reach(KillPoint.DeliveryAnswered);
                outcomes[delivery.Id] = Judge(delivery, response.Status);
            },
        };
    }

    private static SendOutcome Judge(DueDelivery delivery, DicomStatus status)
    {
        DeliveryStatus meaning = DeliveryStatuses.Judge(status);
        string? remark = status.State == DicomState.Success
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"Status {status.Code:X4} {status.Description} {status.ErrorComment}").Trim();
        return new SendOutcome(delivery, meaning, status.Code, remark);
    }
}
