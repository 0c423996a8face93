namespace DicomRn.Node.Delivery;

/// <summary>A request for storage commitment and the report that it waits for (PS3.4 J.3).</summary>
internal sealed class CommitmentTransaction(IReadOnlyList<CommitmentReference> references)
{
    private const ushort AllCommitted = 1;
    private const ushort SomeFailed = 2;

    private readonly TaskCompletionSource<DicomDataset> _report = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Transaction UID (0008,1195).</summary>
    public DicomUID Uid { get; } = DicomUIDGenerator.GenerateDerivedFromUUID();

    /// <summary>Ends with the report.</summary>
    public Task<DicomDataset> Report => _report.Task;

    /// <summary>The request: N-ACTION, action type 1, on the well-known instance (PS3.4 J.3.2).</summary>
    public DicomNActionRequest CreateRequest() =>
        new(DicomUID.StorageCommitmentPushModel, DicomUID.StorageCommitmentPushModelInstance, 1)
        {
            Dataset = new DicomDataset
            {
                { DicomTag.TransactionUID, Uid },
                new DicomSequence(DicomTag.ReferencedSOPSequence, [.. references.Select(Item)]),
            },
        };

    /// <summary>Takes a report; one of another transaction or event type is refused (PS3.4 J.3.3).</summary>
    public Task<DicomNEventReportResponse> AnswerAsync(DicomNEventReportRequest request)
    {
        if (request.EventTypeID is not (AllCommitted or SomeFailed))
            return Task.FromResult(new DicomNEventReportResponse(request, DicomStatus.NoSuchEventType));
        if (request.Dataset is not { } report || report.GetSingleValueOrDefault(DicomTag.TransactionUID, "") != Uid.UID)
            return Task.FromResult(new DicomNEventReportResponse(request, DicomStatus.InvalidArgumentValue));
        _report.TrySetResult(report);
        return Task.FromResult(new DicomNEventReportResponse(request, DicomStatus.Success));
    }

    /// <summary>What a report says of every instance that was asked for: null where it is committed, else why not.</summary>
    public IReadOnlyDictionary<string, string?> Judge(DicomDataset report)
    {
        HashSet<string> committed = [.. Items(report, DicomTag.ReferencedSOPSequence).Select(InstanceOf)];
        Dictionary<string, string?> judged = new(StringComparer.Ordinal);
        foreach (CommitmentReference reference in references)
            judged[reference.SopInstanceUid] = committed.Contains(reference.SopInstanceUid) ? null : "not in the report";
        foreach (DicomDataset failed in Items(report, DicomTag.FailedSOPSequence))
        {
            if (judged.ContainsKey(InstanceOf(failed)))
                judged[InstanceOf(failed)] = Reason(failed.GetSingleValueOrDefault(DicomTag.FailureReason, (ushort)0));
        }

        return judged;
    }

    private static DicomDataset Item(CommitmentReference reference) => new()
    {
        { DicomTag.ReferencedSOPClassUID, reference.SopClassUid },
        { DicomTag.ReferencedSOPInstanceUID, reference.SopInstanceUid },
    };

    private static IEnumerable<DicomDataset> Items(DicomDataset report, DicomTag sequence) =>
        report.TryGetSequence(sequence, out DicomSequence? items) ? items.Items : [];

    private static string InstanceOf(DicomDataset item) => item.GetSingleValueOrDefault(DicomTag.ReferencedSOPInstanceUID, "");

    // Failure Reason (0008,1197), PS3.3 C.14.1.1.
    private static string Reason(ushort code) => code switch
    {
        0x0110 => "processing failure (0110)",
        0x0112 => "no such instance (0112)",
        0x0213 => "resource limitation (0213)",
        0x0122 => "SOP class not supported (0122)",
        0x0119 => "SOP class and instance conflict (0119)",
        0x0131 => "transaction UID in use (0131)",
        _ => $"reason {code:X4}",
    };
}
