using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Tests.Support;

/// <summary>A PACS on 127.0.0.1 that answers every C-STORE as it is told to.</summary>
internal sealed class FakePacs : IDisposable
{
    private readonly IDicomServer _server;

    /// <param name="answer">The status of an instance, by its SOP Instance UID.</param>
    /// <param name="port">A port, or 0 for a free one.</param>
    public FakePacs(Func<string, DicomStatus> answer, int port = 0)
    {
        Script = new Answers(answer);
        _server = DicomServerFactory.Create<Service>("127.0.0.1", port, userState: Script);
    }

    public int Port => _server.Port;

    /// <summary>SOP Instance UIDs in the order of their coming, repeats included.</summary>
    public IReadOnlyList<string> Received => [.. Script.Received];

    /// <summary>How many associations were asked for.</summary>
    public int Associations => Script.Associations;

    private Answers Script { get; }

    /// <summary>One that takes everything.</summary>
    public static FakePacs Willing(int port = 0) => new(_ => DicomStatus.Success, port);

    public void Dispose() => _server.Dispose();

    private sealed class Answers(Func<string, DicomStatus> answer)
    {
        private int _associations;

        public ConcurrentQueue<string> Received { get; } = new();

        public int Associations => _associations;

        public void Associate() => Interlocked.Increment(ref _associations);

        public DicomStatus Answer(string sop)
        {
            Received.Enqueue(sop);
            return answer(sop);
        }
    }

    private sealed class Service(
        INetworkStream stream, Encoding fallbackEncoding, ILogger logger, DicomServiceDependencies dependencies)
        : DicomService(stream, fallbackEncoding, logger, dependencies), IDicomServiceProvider, IDicomCStoreProvider
    {
        public Task OnReceiveAssociationRequestAsync(DicomAssociation association)
        {
            ((Answers)UserState!).Associate();
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

        public Task<DicomCStoreResponse> OnCStoreRequestAsync(DicomCStoreRequest request) =>
            Task.FromResult(new DicomCStoreResponse(request, ((Answers)UserState!).Answer(request.SOPInstanceUID.UID)));

        public Task OnCStoreRequestExceptionAsync(string? tempFileName, Exception e) => Task.CompletedTask;
    }
}
