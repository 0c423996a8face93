using System.Diagnostics.CodeAnalysis;

namespace DicomRn.Node.Delivery;

/// <summary>A report of storage commitment (PS3.4 J.3.3).</summary>
/// <param name="TransactionUid">The request that it answers.</param>
/// <param name="Committed">SOP Instance UIDs that the peer has taken responsibility for.</param>
/// <param name="Failed">Those it has not, with the Failure Reason (0008,1197) of each.</param>
internal sealed record CommitmentReport(string TransactionUid, IReadOnlySet<string> Committed, IReadOnlyDictionary<string, int> Failed)
{
    private const ushort AllCommitted = 1;
    private const ushort SomeFailed = 2;

    /// <summary>Reads a report.</summary>
    /// <param name="request">The N-EVENT-REPORT.</param>
    /// <param name="report">What it says.</param>
    /// <param name="refusal">The status that it has earned where it is no report.</param>
    public static bool TryRead(
        DicomNEventReportRequest request, [NotNullWhen(true)] out CommitmentReport? report, out DicomStatus refusal)
    {
        report = null;
        refusal = DicomStatus.Success;
        if (request.EventTypeID is not (AllCommitted or SomeFailed))
            refusal = DicomStatus.NoSuchEventType;
        else if (request.Dataset?.GetSingleValueOrDefault(DicomTag.TransactionUID, "") is not { Length: > 0 } transactionUid)
            refusal = DicomStatus.InvalidArgumentValue;
        else
            report = Read(transactionUid, request.Dataset);
        return report is not null;
    }

    /// <summary>Why an instance is not committed; null where it is.</summary>
    public int? ReasonOf(string sopInstanceUid) =>
        Failed.TryGetValue(sopInstanceUid, out int code) ? code
        : Committed.Contains(sopInstanceUid) ? null : CommitmentFailure.NotInReport;

    private static CommitmentReport Read(string transactionUid, DicomDataset dataset)
    {
        Dictionary<string, int> failed = new(StringComparer.Ordinal);
        foreach (DicomDataset item in Items(dataset, DicomTag.FailedSOPSequence))
            failed[InstanceOf(item)] = item.GetSingleValueOrDefault(DicomTag.FailureReason, (ushort)0);
        HashSet<string> committed = [.. Items(dataset, DicomTag.ReferencedSOPSequence).Select(InstanceOf)];
        // Of one that it names twice the worse counts.
        committed.ExceptWith(failed.Keys);
        return new CommitmentReport(transactionUid, committed, failed);
    }

    private static IEnumerable<DicomDataset> Items(DicomDataset report, DicomTag sequence) =>
        report.TryGetSequence(sequence, out DicomSequence? items) ? items.Items : [];

    private static string InstanceOf(DicomDataset item) => item.GetSingleValueOrDefault(DicomTag.ReferencedSOPInstanceUID, "");
}
