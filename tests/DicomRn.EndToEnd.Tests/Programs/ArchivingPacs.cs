using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>A PACS on 127.0.0.1 that notes what comes how often, answers C-FIND and commits, and may go away for a while.</summary>
internal sealed class ArchivingPacs : IDisposable
{
    private readonly ConcurrentQueue<PacsArrival> _arrivals = new();
    private readonly ConcurrentDictionary<string, bool> _held = new(StringComparer.Ordinal);
    private IDicomServer? _server;

    public ArchivingPacs(string aeTitle)
    {
        AeTitle = aeTitle;
        _server = DicomServerFactory.Create<Service>("127.0.0.1", 0, userState: this);
        Port = _server.Port;
    }

    public string AeTitle { get; }

    public int Port { get; }

    /// <summary>Everything that came, in order, repeats included.</summary>
    public IReadOnlyList<PacsArrival> Arrivals => [.. _arrivals];

    /// <summary>How many objects it holds.</summary>
    public int Count => _held.Count;

    /// <summary>Whether it is there.</summary>
    public bool IsThere => _server is not null;

    /// <summary>Nobody answers any more, and whoever was connected loses the connection.</summary>
    public void Leave()
    {
        _server?.Dispose();
        _server = null;
    }

    /// <summary>It is there again, with what it held.</summary>
    public void Return() => _server ??= DicomServerFactory.Create<Service>("127.0.0.1", Port, userState: this);

    public void Dispose() => Leave();

    private void Take(PacsArrival arrival)
    {
        _held[arrival.SopInstanceUid] = true;
        _arrivals.Enqueue(arrival);
    }

    private sealed class Service(INetworkStream stream, Encoding fallbackEncoding, ILogger logger, DicomServiceDependencies dependencies)
        : DicomService(stream, fallbackEncoding, logger, dependencies),
            IDicomServiceProvider, IDicomCStoreProvider, IDicomCFindProvider, IDicomNServiceProvider, IDicomNEventReportRequestProvider
    {
        private ArchivingPacs Pacs => (ArchivingPacs)UserState!;

        public Task OnReceiveAssociationRequestAsync(DicomAssociation association)
        {
            foreach (DicomPresentationContext context in association.PresentationContexts)
                context.AcceptTransferSyntaxes(DicomTransferSyntax.ExplicitVRLittleEndian, DicomTransferSyntax.ImplicitVRLittleEndian);
            return SendAssociationAcceptAsync(association);
        }

        public Task OnReceiveAssociationReleaseRequestAsync() => SendAssociationReleaseResponseAsync();

        public void OnReceiveAbort(DicomAbortSource source, DicomAbortReason reason)
        {
        }

        public void OnConnectionClosed(Exception? exception)
        {
        }

        public async Task<DicomCStoreResponse> OnCStoreRequestAsync(DicomCStoreRequest request)
        {
            DicomDataset dataset = request.Dataset!;
            using MemoryStream bytes = new();
            await new DicomFile(dataset).SaveAsync(bytes);
            Pacs.Take(new PacsArrival(
                request.SOPInstanceUID.UID,
                dataset.GetSingleValue<string>(DicomTag.StudyInstanceUID),
                dataset.GetSingleValue<string>(DicomTag.Modality),
                Convert.ToHexString(SHA256.HashData(bytes.ToArray()))));
            return new DicomCStoreResponse(request, DicomStatus.Success);
        }

        public Task OnCStoreRequestExceptionAsync(string? tempFileName, Exception e) => Task.CompletedTask;

        public async IAsyncEnumerable<DicomCFindResponse> OnCFindRequestAsync(DicomCFindRequest request)
        {
            await Task.Yield();
            string wanted = request.Dataset!.GetSingleValueOrDefault(DicomTag.SOPInstanceUID, "");
            IEnumerable<string> found = wanted.Length == 0 ? Pacs._held.Keys : wanted.Split('\\').Where(Pacs._held.ContainsKey);
            foreach (string sop in found)
                yield return new DicomCFindResponse(request, DicomStatus.Pending)
                {
                    Dataset = new DicomDataset { { DicomTag.SOPInstanceUID, sop } },
                };
            yield return new DicomCFindResponse(request, DicomStatus.Success);
        }

        public Task<DicomNActionResponse> OnNActionRequestAsync(DicomNActionRequest request) =>
            Task.FromResult(new DicomNActionResponse(request, DicomStatus.Success));

        public Task OnSendNEventReportRequestAsync(DicomNActionRequest request)
        {
            ILookup<bool, DicomDataset> items = request.Dataset!.GetSequence(DicomTag.ReferencedSOPSequence).Items
                .ToLookup(item => Pacs._held.ContainsKey(item.GetString(DicomTag.ReferencedSOPInstanceUID)));
            DicomDataset report = new() { { DicomTag.TransactionUID, request.Dataset.GetString(DicomTag.TransactionUID) } };
            report.Add(new DicomSequence(DicomTag.ReferencedSOPSequence, [.. items[true]]));
            const ushort NoSuchObject = 0x0112;
            if (items[false].Any())
                report.Add(new DicomSequence(
                    DicomTag.FailedSOPSequence, [.. items[false].Select(item => item.AddOrUpdate(DicomTag.FailureReason, NoSuchObject))]));
            return SendRequestAsync(new DicomNEventReportRequest(
                DicomUID.StorageCommitmentPushModel, DicomUID.StorageCommitmentPushModelInstance, (ushort)(items[false].Any() ? 2 : 1))
            {
                Dataset = report,
            });
        }

        public Task<DicomNEventReportResponse> OnNEventReportRequestAsync(DicomNEventReportRequest request) => throw new NotSupportedException();

        public Task<DicomNCreateResponse> OnNCreateRequestAsync(DicomNCreateRequest request) => throw new NotSupportedException();

        public Task<DicomNDeleteResponse> OnNDeleteRequestAsync(DicomNDeleteRequest request) => throw new NotSupportedException();

        public Task<DicomNGetResponse> OnNGetRequestAsync(DicomNGetRequest request) => throw new NotSupportedException();

        public Task<DicomNSetResponse> OnNSetRequestAsync(DicomNSetRequest request) => throw new NotSupportedException();
    }
}
