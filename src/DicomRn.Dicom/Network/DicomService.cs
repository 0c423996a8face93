using System.Diagnostics.CodeAnalysis;
using System.Text;
using DicomRn.Dicom.Network.Client;
using DicomRn.Dicom.Network.Dimse;
using DicomRn.Dicom.Network.UpperLayer;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Dicom.Network;

/// <summary>
/// One side of one DICOM connection. Acceptors derive from it, implement <see cref="IDicomServiceProvider"/> and the providers of
/// the services they offer, and are created by a server for every connection.
/// </summary>
public abstract class DicomService : IDisposable
{
    /// <summary>
    /// The stream that the data set of a C-STORE is written to as it arrives. Set it, the file meta information written, in
    /// <see cref="CreateCStoreReceiveStream"/>; close it in <see cref="GetCStoreDicomFile"/>.
    /// </summary>
    [SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "Name and kind are those of the API this stack is a subset of.")]
    protected Stream? _dimseStream;

    private readonly DicomServiceDependencies _dependencies;
    private readonly OutstandingRequests _outstanding;
    private UpperLayerConnection? _connection;
    private AssociationRunner? _runner;
    private DimseSender? _sender;
    private string? _temporaryFile;
    private Func<bool>? _takePlace;
    private Action? _leavePlace;
    private DicomServiceOptions _options = new();

    /// <summary>A service over a connection.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="fallbackEncoding">Encoding of text in data sets that name no character set; null for the default repertoire.</param>
    /// <param name="logger">Logger; null for none.</param>
    /// <param name="dependencies">Surroundings.</param>
    protected DicomService(INetworkStream stream, Encoding? fallbackEncoding, ILogger? logger, DicomServiceDependencies dependencies)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(dependencies);
        NetworkStream = stream;
        FallbackEncoding = fallbackEncoding;
        Logger = logger ?? NullLogger.Instance;
        _dependencies = dependencies;
        _outstanding = new OutstandingRequests(ofProvider: this is not IAssociationRequestor);
    }

    /// <summary>Logger of this connection.</summary>
    public ILogger Logger { get; set; }

    /// <summary>
    /// How the service behaves; set before it runs. An acceptor may replace them until it accepts the association, in effect for
    /// the PDU length it announces and its time-out.
    /// </summary>
    public DicomServiceOptions Options
    {
        get => _options;
        set => _options = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>What was given to the server for its services.</summary>
    public object? UserState { get; set; }

    /// <summary>The association, proposed or agreed; null before it is requested.</summary>
    public DicomAssociation? Association { get; internal set; }

    /// <summary>Whether messages can be exchanged.</summary>
    public bool IsConnected => _runner?.State == AssociationState.Established;

    internal INetworkStream NetworkStream { get; }

    internal string Peer => _connection?.Peer ?? $"{NetworkStream.RemoteHost}:{NetworkStream.RemotePort}";

    /// <summary>What ends the connection where the peer takes too long; null before it runs.</summary>
    internal ConnectionWatchdog? Watchdog => _connection?.Watchdog;

    internal Stream? ReceiveStream => _dimseStream;

    internal DimseSender Sender
    {
        get => _sender ?? throw new DicomNetworkException($"{Peer}: there is no association");
        set => _sender = value;
    }

    internal TimeProvider Time => _dependencies.Time;

    /// <summary>When the last message of the peer came, a timestamp of <see cref="Time"/>.</summary>
    internal long LastMessage { get; set; }

    /// <summary>Whether the service takes instances.</summary>
    internal virtual bool TakesInstances => this is IDicomCStoreProvider;

    /// <summary>Answers N-EVENT-REPORT; null where the service does not.</summary>
    internal virtual DicomClientNEventReportRequestHandler? EventReportHandler =>
        this is IDicomNServiceProvider provider ? provider.OnNEventReportRequestAsync : null;

    private Encoding? FallbackEncoding { get; }

    private AssociationRunner Runner => _runner ?? throw new DicomNetworkException($"{Peer}: the service is not running");

    /// <summary>Sends a request; its response goes to the request's own handler.</summary>
    /// <exception cref="DicomNetworkException">There is no association, or no accepted presentation context for the request.</exception>
    public virtual async Task SendRequestAsync(DicomRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        await SendAndAwaitAsync(request, CancellationToken.None).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs the connection to its end. A server calls it, once, after it has set the service's properties.</summary>
    public virtual Task RunAsync()
    {
        if (_runner is not null)
            return Task.CompletedTask;
        Start();
        return Runner.RunAsync();
    }

    /// <summary>Makes the service ready to send, before it is run.</summary>
    internal void Start()
    {
        _connection = new UpperLayerConnection(NetworkStream, Options, Time);
        DimseDispatcher dispatcher = new(this, _connection, _outstanding);
        DimseReceiver receiver = new(this, _connection, dispatcher);
        _runner = new AssociationRunner(this, _connection, receiver, dispatcher, _outstanding);
    }

    internal Task RunStartedAsync() => Runner.RunAsync();

    /// <summary>Counts this service's association among the server's.</summary>
    internal void LimitPlaces(Func<bool> take, Action leave) => (_takePlace, _leavePlace) = (take, leave);

    internal bool TakePlace()
    {
        if (_takePlace?.Invoke() == false)
        {
            _leavePlace = null;
            return false;
        }

        _takePlace = null;
        return true;
    }

    internal void LeavePlace()
    {
        if (_takePlace is null)
            Interlocked.Exchange(ref _leavePlace, null)?.Invoke();
    }

    /// <summary>Sends a request.</summary>
    /// <returns>A task for its last response.</returns>
    internal async Task<Task<DicomResponse>> SendAndAwaitAsync(DicomRequest request, CancellationToken cancellationToken)
    {
        Task<DicomResponse> answer = _outstanding.Add(request);
        try
        {
            await Sender.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return answer;
        }
        catch
        {
            _outstanding.Remove(request);
            throw;
        }
    }

    internal void OpenReceiveStream(DicomFile file)
    {
        _dimseStream = null;
        CreateCStoreReceiveStream(file);
    }

    internal DicomFile? TakeReceivedFile()
    {
        DicomFile? file = GetCStoreDicomFile();
        _dimseStream = null;
        return file;
    }

    /// <summary>Closes a stream whose data set is not complete.</summary>
    /// <returns>The temporary file, null where the service writes to a stream of its own.</returns>
    internal string? CloseReceiveStream()
    {
        Interlocked.Exchange(ref _dimseStream, null)?.Dispose();
        return _temporaryFile;
    }

    /// <summary>The temporary file of the instance that is complete, which from now on belongs to its request.</summary>
    internal string? TakeTemporaryFile() => Interlocked.Exchange(ref _temporaryFile, null);

    internal void DeleteTemporaryFile()
    {
        if (TakeTemporaryFile() is { } path)
            File.Delete(path);
    }

    internal Task RequestAssociationAsync(DicomAssociation association, TimeSpan timeout)
    {
        Association = association;
        association.Options = Options;
        return Runner.RequestAsync(association, timeout);
    }

    internal Task RequestReleaseAsync(TimeSpan timeout) => Runner.RequestReleaseAsync(timeout);

    internal Task AbortAsync(DicomAbortSource source, DicomAbortReason reason) => Runner.AbortAsync(source, reason);

    /// <summary>Accepts the association with the presentation contexts as they were decided on; undecided ones are rejected.</summary>
    protected Task SendAssociationAcceptAsync(DicomAssociation association)
    {
        ArgumentNullException.ThrowIfNull(association);
        return Runner.AcceptAsync(association);
    }

    /// <summary>Rejects the association; nothing more that the peer sends is processed.</summary>
    protected Task SendAssociationRejectAsync(DicomRejectResult result, DicomRejectSource source, DicomRejectReason reason) =>
        Runner.RejectAsync(result, source, reason);

    /// <summary>Asks for the end of the association.</summary>
    protected Task SendAssociationReleaseRequestAsync() => Runner.RequestReleaseAsync(_connection!.NetworkTimeout);

    /// <summary>Agrees to the end of the association.</summary>
    protected Task SendAssociationReleaseResponseAsync() => Runner.RespondToReleaseAsync();

    /// <summary>Ends the association at once.</summary>
    protected Task SendAbortAsync(DicomAbortSource source, DicomAbortReason reason) => Runner.AbortAsync(source, reason);

    /// <summary>
    /// Opens the stream for a C-STORE's data set: sets <see cref="_dimseStream"/> to a stream to which
    /// <paramref name="file"/>, which holds the file meta information, has been saved. The default is a temporary file in
    /// <see cref="IO.TemporaryFile.StoragePath"/> that is deleted once the request is answered, unless the provider moved it.
    /// </summary>
    protected virtual void CreateCStoreReceiveStream(DicomFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        _temporaryFile = Path.Combine(IO.TemporaryFile.StoragePath, $"{Path.GetRandomFileName()}.part");
        _dimseStream = new FileStream(_temporaryFile, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, bufferSize: 4096);
        file.Save(_dimseStream);
    }

    /// <summary>
    /// The file of the data set that is now complete, for the provider. The default closes its temporary file and opens it, large
    /// values left in the file; where <see cref="_dimseStream"/> is another stream that can seek, it is read the same way. A
    /// service that does not need the data set parsed returns a file of its own or null.
    /// </summary>
    protected virtual DicomFile? GetCStoreDicomFile()
    {
        if (_temporaryFile is not null)
        {
            _dimseStream?.Dispose();
            return Open(_temporaryFile);
        }

        if (_dimseStream is not { CanSeek: true } stream)
            return null;
        stream.Position = 0;
        return FallbackEncoding is null
            ? DicomFile.Open(stream, FileReadOption.ReadLargeOnDemand)
            : DicomFile.Open(stream, FallbackEncoding, null, FileReadOption.ReadLargeOnDemand);
    }

    /// <summary>Closes the connection.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _connection?.Dispose();
        NetworkStream.Dispose();
        CloseReceiveStream();
        DeleteTemporaryFile();
    }

    private DicomFile Open(string path) => FallbackEncoding is null
        ? DicomFile.Open(path, FileReadOption.ReadLargeOnDemand)
        : DicomFile.Open(path, FallbackEncoding, null, FileReadOption.ReadLargeOnDemand);
}
