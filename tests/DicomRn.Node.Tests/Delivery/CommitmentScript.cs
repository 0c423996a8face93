using System.Collections.Concurrent;
using System.Globalization;

namespace DicomRn.Node.Tests.Delivery;

/// <summary>What a <see cref="CommitmentPacs"/> answers and reports.</summary>
internal sealed class CommitmentScript
{
    public DicomStatus Status { get; set; } = DicomStatus.Success;

    /// <summary>Reports before the response to the request.</summary>
    public Func<CommitmentPacs, DicomNActionRequest, Task>? BeforeResponse { get; set; }

    /// <summary>Reports after it.</summary>
    public Func<CommitmentPacs, DicomNActionRequest, Task>? AfterResponse { get; set; }

    /// <summary>The requests that came.</summary>
    public ConcurrentBag<DicomNActionRequest> Requests { get; } = [];

    /// <summary>How the reports were answered.</summary>
    public ConcurrentQueue<DicomStatus> Answers { get; } = [];

    /// <summary>A report on a request: all committed but those given.</summary>
    public DicomNEventReportRequest Report(
        DicomNActionRequest request, IReadOnlyDictionary<string, ushort>? failures = null, string? transactionUid = null, TaskCompletionSource? answered = null)
    {
        DicomDataset asked = request.Dataset!;
        DicomDataset report = new() { { DicomTag.TransactionUID, transactionUid ?? asked.GetString(DicomTag.TransactionUID) } };
        ILookup<bool, DicomDataset> byFate = asked.GetSequence(DicomTag.ReferencedSOPSequence).Items
            .ToLookup(item => failures?.ContainsKey(item.GetString(DicomTag.ReferencedSOPInstanceUID)) == true);
        report.Add(new DicomSequence(DicomTag.ReferencedSOPSequence, [.. byFate[false]]));
        if (failures is not null)
        {
            foreach (DicomDataset item in byFate[true])
                item.AddOrUpdate(DicomTag.FailureReason, failures[item.GetString(DicomTag.ReferencedSOPInstanceUID)]);
            report.Add(new DicomSequence(DicomTag.FailedSOPSequence, [.. byFate[true]]));
        }

        return new DicomNEventReportRequest(
            DicomUID.StorageCommitmentPushModel, DicomUID.StorageCommitmentPushModelInstance, (ushort)(failures is null ? 1 : 2))
        {
            Dataset = report,
            OnResponseReceived = (_, response) =>
            {
                Answers.Enqueue(response.Status);
                answered?.TrySetResult();
            },
        };
    }

    /// <summary>Sends a report over an association that the PACS opens, in the SCP role.</summary>
    public static async Task SendReverseAsync(int port, params DicomNEventReportRequest[] reports)
    {
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", port, false, "FAKEPACS", "DICOMRN");
        client.ClientOptions.AssociationLingerTimeoutInMs = 0;
        client.AdditionalPresentationContexts.Add(
            DicomPresentationContext.GetScpRolePresentationContext(DicomUID.StorageCommitmentPushModel, DicomTransferSyntax.ExplicitVRLittleEndian));
        await client.AddRequestsAsync(reports);
        await client.SendAsync(TestContext.Current.CancellationToken);
    }

    public override string ToString() => string.Join(' ', Answers.Select(status => status.Code.ToString("X4", CultureInfo.InvariantCulture)));
}
