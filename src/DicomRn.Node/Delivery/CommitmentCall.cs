using DicomRn.Node.Administration;

namespace DicomRn.Node.Delivery;

/// <summary>Sends a request for storage commitment and keeps its association for the report.</summary>
/// <param name="peer">How the peer is called.</param>
/// <param name="linger">How long the association is kept.</param>
internal sealed class CommitmentCall(PeerCall peer, TimeSpan linger)
{
    /// <summary>Sends the request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">Takes reports that come over its association.</param>
    /// <param name="over">Ends the waiting for a report: it is there, or not wanted any more.</param>
    /// <returns>The status of the response; null where none came.</returns>
    /// <exception cref="DicomNetworkException">The peer is not there, or refused or aborted the association.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="over"/> came before the response.</exception>
    public async Task<DicomStatus?> SendAsync(
        DicomNActionRequest request, DicomClientNEventReportRequestHandler answer, CancellationToken over)
    {
        DicomStatus? status = null;
        using CancellationTokenSource refused = CancellationTokenSource.CreateLinkedTokenSource(over);
        request.OnResponseReceived = (_, response) =>
        {
            status = response.Status;
            if (!IsTaken(status))
                refused.Cancel();
        };
        IDicomClient client = peer.CreateClient();
        client.ClientOptions.AssociationLingerTimeoutInMs = (int)Math.Min(linger.TotalMilliseconds, int.MaxValue);
        client.OnNEventReportRequest = answer;
        await client.AddRequestAsync(request);
        try
        {
            await client.SendAsync(refused.Token);
        }
        catch (OperationCanceledException) when (status is not null)
        {
            // The association was kept for a report that came another way, or will not come.
        }

        return status;
    }

    /// <summary>Whether the peer has taken the request, and so will report.</summary>
    public static bool IsTaken(DicomStatus? status) => status?.State is DicomState.Success or DicomState.Warning;
}
