using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>A PACS on 127.0.0.1 that takes everything and notes what came how often.</summary>
internal sealed class CountingPacs : IDisposable
{
    public const string AeTitle = "PACS";

    private readonly ConcurrentQueue<PacsArrival> _arrivals = new();
    private readonly IDicomServer _server;

    public CountingPacs() => _server = DicomServerFactory.Create<Service>("127.0.0.1", 0, userState: _arrivals);

    public int Port => _server.Port;

    /// <summary>Everything that came, in order, repeats included.</summary>
    public IReadOnlyList<PacsArrival> Arrivals => [.. _arrivals];

    public void Dispose() => _server.Dispose();

    private sealed class Service(
        INetworkStream stream, Encoding fallbackEncoding, ILogger logger, DicomServiceDependencies dependencies)
        : DicomService(stream, fallbackEncoding, logger, dependencies), IDicomServiceProvider, IDicomCStoreProvider
    {
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
            ((ConcurrentQueue<PacsArrival>)UserState!).Enqueue(new PacsArrival(
                request.SOPInstanceUID.UID,
                dataset.GetSingleValue<string>(DicomTag.StudyInstanceUID),
                dataset.GetSingleValue<string>(DicomTag.Modality),
                Convert.ToHexString(SHA256.HashData(bytes.ToArray()))));
            return new DicomCStoreResponse(request, DicomStatus.Success);
        }

        public Task OnCStoreRequestExceptionAsync(string? tempFileName, Exception e) => Task.CompletedTask;
    }
}
