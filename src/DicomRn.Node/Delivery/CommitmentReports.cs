using DicomRn.Node.Administration;
using DicomRn.Node.State;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Delivery;

/// <summary>
/// Takes the reports of storage commitment, whenever and over whichever association they come; the answer is Success once they
/// are stored (PS3.4 J.3.3).
/// </summary>
internal sealed class CommitmentReports(StateStore store, NodeOptions node, DeliveryOptions options, ILogger<CommitmentReports> logger)
{
    private readonly ConfirmationRules _rules = new(options);

    /// <summary>A report is stored: told the destination, the transaction, and whether it came over an association of the destination's own.</summary>
    public event Action<string, string, bool>? Recorded;

    /// <summary>Takes a report that came over an association of the peer's.</summary>
    /// <param name="callingAeTitle">Its AE title, whose right to call was checked.</param>
    /// <param name="request">The N-EVENT-REPORT.</param>
    public Task<DicomNEventReportResponse> AnswerAsync(string callingAeTitle, DicomNEventReportRequest request) => AnswerAsync(
        callingAeTitle,
        destination => node.Peers.TryGetValue(destination, out PeerOptions? peer) && peer.AeTitle.Trim() == callingAeTitle.Trim(),
        isReverse: true,
        request);

    /// <summary>Takes a report that came over an association with a destination.</summary>
    public Task<DicomNEventReportResponse> AnswerAsync(Destination destination, DicomNEventReportRequest request) =>
        AnswerAsync(destination.Name, name => name == destination.Name, isReverse: false, request);

    private async Task<DicomNEventReportResponse> AnswerAsync(
        string caller, Func<string, bool> isAsked, bool isReverse, DicomNEventReportRequest request)
    {
        if (!CommitmentReport.TryRead(request, out CommitmentReport? report, out DicomStatus refusal))
            return new DicomNEventReportResponse(request, refusal);
        string? destination = await store.RecordReportAsync(
            report.TransactionUid, isAsked, [.. report.Committed],
            (delivery, now) =>
                _rules.NotCommitted(delivery, report.ReasonOf(delivery.ResultSopInstanceUid) ?? CommitmentFailure.NotInReport, now));
        KillPoints.Reach(KillPoint.CommitmentRecorded);
        if (destination is null)
        {
            DeliveryLog.UnknownTransaction(logger, report.TransactionUid, caller);
            return new DicomNEventReportResponse(request, DicomStatus.InvalidArgumentValue);
        }

        DeliveryLog.Reported(logger, destination, report.TransactionUid, report.Committed.Count, report.Failed.Count);
        Recorded?.Invoke(destination, report.TransactionUid, isReverse);
        return new DicomNEventReportResponse(request, DicomStatus.Success);
    }
}
