namespace DicomRn.Node.Delivery;

/// <summary>A request for storage commitment and the report that it waits for (PS3.4 J.3).</summary>
internal sealed class CommitmentTransaction(IReadOnlyList<CommitmentReference> references)
{
    private readonly TaskCompletionSource<CommitmentReport> _report = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Transaction UID (0008,1195).</summary>
    public DicomUID Uid { get; } = DicomUIDGenerator.GenerateDerivedFromUUID();

    /// <summary>Ends with the report.</summary>
    public Task<CommitmentReport> Report => _report.Task;

    /// <summary>The request.</summary>
    public DicomNActionRequest CreateRequest() => CommitmentRequest.Create(Uid, references);

    /// <summary>Takes a report; one of another transaction or event type is refused (PS3.4 J.3.3).</summary>
    public Task<DicomNEventReportResponse> AnswerAsync(DicomNEventReportRequest request)
    {
        if (!CommitmentReport.TryRead(request, out CommitmentReport? report, out DicomStatus refusal))
            return Task.FromResult(new DicomNEventReportResponse(request, refusal));
        if (report.TransactionUid != Uid.UID)
            return Task.FromResult(new DicomNEventReportResponse(request, DicomStatus.InvalidArgumentValue));
        _report.TrySetResult(report);
        return Task.FromResult(new DicomNEventReportResponse(request, DicomStatus.Success));
    }

    /// <summary>What a report says of every instance that was asked for: null where it is committed, else why not.</summary>
    public IReadOnlyDictionary<string, string?> Judge(CommitmentReport report) => references
        .DistinctBy(reference => reference.SopInstanceUid)
        .ToDictionary(
            reference => reference.SopInstanceUid,
            reference => report.ReasonOf(reference.SopInstanceUid) is { } code ? CommitmentFailure.Describe(code) : null,
            StringComparer.Ordinal);
}
