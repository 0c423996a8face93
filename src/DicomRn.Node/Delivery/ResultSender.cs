using System.Globalization;
using DicomRn.Node.Administration;
using DicomRn.Node.State;

namespace DicomRn.Node.Delivery;

/// <summary>Sends the results of one study to one destination on one association.</summary>
internal sealed class ResultSender(PeerCall call)
{
    /// <summary>
    /// Sends them; what it has learned is in <paramref name="outcomes"/> by delivery, even where it throws: an outcome
    /// that came before an abort stays true.
    /// </summary>
    /// <exception cref="DicomNetworkException">The association was refused, aborted or lost.</exception>
    /// <exception cref="OperationCanceledException">It took too long, or the program ends.</exception>
    public async Task SendAsync(
        IReadOnlyList<DueDelivery> deliveries, IDictionary<long, SendOutcome> outcomes, CancellationToken cancellationToken)
    {
        IDicomClient client = call.CreateClient();
        int requests = 0;
        foreach (DueDelivery delivery in deliveries)
        {
            if (await CreateRequestAsync(delivery, outcomes) is not { } request)
                continue;
            await client.AddRequestAsync(request);
            requests++;
        }

        if (requests > 0)
            await client.SendAsync(cancellationToken, DicomClientCancellationMode.ImmediatelyAbortAssociation);
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
            OnResponseReceived = (_, response) => outcomes[delivery.Id] = Judge(delivery, response.Status),
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
