using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Client;
using DicomRn.Dicom.Network.Tls;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>A <see cref="FolderScp"/> server on a free port of 127.0.0.1.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly DicomServer<FolderScp> _server;

    public TestServer(StoreLog log, ServiceLimits? limits = null, int maximumClients = 0, TimeProvider? time = null, ITlsAcceptor? tls = null)
    {
        Events = log;
        DicomServiceDependencies dependencies = new(
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, time ?? TimeProvider.System);
        _server = new DicomServer<FolderScp>(
            new DicomServerOptions { MaxClientsAllowed = maximumClients }, dependencies, tls, null, log, Log);
        if (limits is not null)
            _server.Options.Limits = limits;
        _server.Listen("127.0.0.1", 0);
    }

    public StoreLog Events { get; }

    public LogRecorder Log { get; } = new();

    public int Port => _server.Port;

    public DicomServiceOptions Options => _server.Options;

    /// <summary>Whether the association requested last waits for this and for nothing else.</summary>
    public bool Awaits(string what) => Events.Service?.Watchdog is { IsWriting: false } watchdog && watchdog.Awaited == what;

    /// <summary>Whether the association requested last waits for its peer to take what is written.</summary>
    public bool IsWriting => Events.Service?.Watchdog is { IsWriting: true };

    public IDicomClient Client(string callingAe = "TESTSCU") =>
        DicomClientFactory.Create("127.0.0.1", Port, false, callingAe, "TESTSCP");

    public async Task<DicomStatus?> EchoAsync(CancellationToken cancellationToken, ITlsInitiator? tls = null)
    {
        DicomStatus? status = null;
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", Port, tls, "TESTSCU", "TESTSCP");
        client.ClientOptions.AssociationLingerTimeoutInMs = 0;
        await client.AddRequestAsync(new DicomCEchoRequest { OnResponseReceived = (_, response) => status = response.Status });
        await client.SendAsync(cancellationToken);
        return status;
    }

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        await _server.Completion;
    }
}
