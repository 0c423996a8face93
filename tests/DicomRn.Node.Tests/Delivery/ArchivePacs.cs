using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Tests.Delivery;

/// <summary>A PACS on 127.0.0.1 that keeps what it is sent, answers C-FIND and commits, as its script says.</summary>
internal sealed class ArchivePacs : IDisposable
{
    private readonly ConcurrentQueue<string> _received = new();
    private readonly ConcurrentQueue<string> _transactions = new();
    private readonly ConcurrentQueue<DicomStatus> _reportAnswers = new();
    private IDicomServer _server;

    public ArchivePacs(int port = 0) => _server = DicomServerFactory.Create<Service>("127.0.0.1", port, userState: this);

    public int Port => _server.Port;

    /// <summary>The status of an instance.</summary>
    public Func<string, DicomStatus> Answer { get; set; } = _ => DicomStatus.Success;

    /// <summary>What C-FIND keeps to itself, though it was taken.</summary>
    public Func<string, bool> Hides { get; set; } = _ => false;

    /// <summary>How a query ends.</summary>
    public DicomStatus QueryStatus { get; set; } = DicomStatus.Success;

    /// <summary>The status of the response to a request for commitment.</summary>
    public DicomStatus CommitmentStatus { get; set; } = DicomStatus.Success;

    /// <summary>Reports after that response; null for never.</summary>
    public Func<Service, DicomNActionRequest, Task>? Reports { get; set; }

    /// <summary>SOP classes beside storage that it does not take.</summary>
    public HashSet<DicomUID> Rejects { get; } = [];

    /// <summary>SOP Instance UIDs in the order of their coming, repeats included.</summary>
    public IReadOnlyList<string> Received => [.. _received];

    /// <summary>Transaction UIDs in the order of their coming.</summary>
    public IReadOnlyList<string> Transactions => [.. _transactions];

    /// <summary>How reports were answered.</summary>
    public string ReportAnswers => string.Join(' ', _reportAnswers.Select(status => status.Code.ToString("X4", CultureInfo.InvariantCulture)));

    public int Associations { get; private set; }

    public int Queries { get; private set; }

    /// <summary>A report on a transaction.</summary>
    /// <param name="transactionUid">The transaction.</param>
    /// <param name="committed">SOP Instance UIDs that are committed.</param>
    /// <param name="failed">Those that are not, with the reason.</param>
    public DicomNEventReportRequest Report(string transactionUid, IEnumerable<string> committed, params (string Sop, ushort Reason)[] failed)
    {
        DicomDataset report = new() { { DicomTag.TransactionUID, transactionUid } };
        report.Add(new DicomSequence(DicomTag.ReferencedSOPSequence, [.. committed.Select(sop => Item(sop))]));
        if (failed.Length > 0)
            report.Add(new DicomSequence(DicomTag.FailedSOPSequence, [.. failed.Select(f => Item(f.Sop).AddOrUpdate(DicomTag.FailureReason, f.Reason))]));
        return new DicomNEventReportRequest(
            DicomUID.StorageCommitmentPushModel, DicomUID.StorageCommitmentPushModelInstance, (ushort)(failed.Length == 0 ? 1 : 2))
        {
            Dataset = report,
            OnResponseReceived = (_, response) => _reportAnswers.Enqueue(response.Status),
        };
    }

    /// <summary>A report that commits all that was asked for.</summary>
    public DicomNEventReportRequest ReportAll(DicomNActionRequest request) =>
        Report(request.Dataset!.GetString(DicomTag.TransactionUID), Asked(request));

    /// <summary>SOP Instance UIDs that a request names.</summary>
    public static IEnumerable<string> Asked(DicomNActionRequest request) => request.Dataset!
        .GetSequence(DicomTag.ReferencedSOPSequence).Items.Select(item => item.GetString(DicomTag.ReferencedSOPInstanceUID));

    /// <summary>Sends a report over an association of the PACS's own, in the SCP role.</summary>
    public static async Task SendReverseAsync(int port, DicomNEventReportRequest report, string calling = "PACS")
    {
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", port, false, calling, "DICOMRN");
        client.ClientOptions.AssociationLingerTimeoutInMs = 0;
        client.AdditionalPresentationContexts.Add(
            DicomPresentationContext.GetScpRolePresentationContext(DicomUID.StorageCommitmentPushModel, DicomTransferSyntax.ExplicitVRLittleEndian));
        await client.AddRequestAsync(report);
        await client.SendAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Nobody is there any more.</summary>
    public void Dispose() => _server.Dispose();

    /// <summary>It is there again, on the same port.</summary>
    public void Restart()
    {
        int port = Port;
        _server.Dispose();
        _server = DicomServerFactory.Create<Service>("127.0.0.1", port, userState: this);
    }

    private static DicomDataset Item(string sop) => new()
    {
        { DicomTag.ReferencedSOPClassUID, DicomUID.SecondaryCaptureImageStorage },
        { DicomTag.ReferencedSOPInstanceUID, sop },
    };

    internal sealed class Service(INetworkStream stream, Encoding fallbackEncoding, ILogger logger, DicomServiceDependencies dependencies)
        : DicomService(stream, fallbackEncoding, logger, dependencies),
            IDicomServiceProvider, IDicomCStoreProvider, IDicomCFindProvider, IDicomNServiceProvider, IDicomNEventReportRequestProvider
    {
        private ArchivePacs Pacs => (ArchivePacs)UserState!;

        public Task OnReceiveAssociationRequestAsync(DicomAssociation association)
        {
            Pacs.Associations++;
            foreach (DicomPresentationContext context in association.PresentationContexts)
            {
                if (Pacs.Rejects.Contains(context.AbstractSyntax))
                    context.SetResult(DicomPresentationContextResult.RejectAbstractSyntaxNotSupported);
                else
                    context.AcceptTransferSyntaxes(DicomTransferSyntax.ExplicitVRLittleEndian, DicomTransferSyntax.ImplicitVRLittleEndian);
            }

            return SendAssociationAcceptAsync(association);
        }

        public Task OnReceiveAssociationReleaseRequestAsync() => SendAssociationReleaseResponseAsync();

        public void OnReceiveAbort(DicomAbortSource source, DicomAbortReason reason)
        {
        }

        public void OnConnectionClosed(Exception? exception)
        {
        }

        public Task<DicomCStoreResponse> OnCStoreRequestAsync(DicomCStoreRequest request)
        {
            string sop = request.SOPInstanceUID.UID;
            Pacs._received.Enqueue(sop);
            return Task.FromResult(new DicomCStoreResponse(request, Pacs.Answer(sop)));
        }

        public Task OnCStoreRequestExceptionAsync(string? tempFileName, Exception e) => Task.CompletedTask;

        public async IAsyncEnumerable<DicomCFindResponse> OnCFindRequestAsync(DicomCFindRequest request)
        {
            Pacs.Queries++;
            await Task.Yield();
            string wanted = request.Dataset!.GetSingleValueOrDefault(DicomTag.SOPInstanceUID, "");
            foreach (string sop in Pacs.Received.Distinct().Where(sop => !Pacs.Hides(sop) && (wanted.Length == 0 || wanted == sop)))
                yield return new DicomCFindResponse(request, DicomStatus.Pending)
                {
                    Dataset = new DicomDataset { { DicomTag.SOPInstanceUID, sop } },
                };
            yield return new DicomCFindResponse(request, Pacs.QueryStatus);
        }

        public Task<DicomNActionResponse> OnNActionRequestAsync(DicomNActionRequest request)
        {
            Pacs._transactions.Enqueue(request.Dataset!.GetString(DicomTag.TransactionUID));
            return Task.FromResult(new DicomNActionResponse(request, Pacs.CommitmentStatus));
        }

        public Task OnSendNEventReportRequestAsync(DicomNActionRequest request) =>
            Pacs.CommitmentStatus == DicomStatus.Success && Pacs.Reports is { } report ? report(this, request) : Task.CompletedTask;

        public Task<DicomNEventReportResponse> OnNEventReportRequestAsync(DicomNEventReportRequest request) => throw new NotSupportedException();

        public Task<DicomNCreateResponse> OnNCreateRequestAsync(DicomNCreateRequest request) => throw new NotSupportedException();

        public Task<DicomNDeleteResponse> OnNDeleteRequestAsync(DicomNDeleteRequest request) => throw new NotSupportedException();

        public Task<DicomNGetResponse> OnNGetRequestAsync(DicomNGetRequest request) => throw new NotSupportedException();

        public Task<DicomNSetResponse> OnNSetRequestAsync(DicomNSetRequest request) => throw new NotSupportedException();
    }
}
