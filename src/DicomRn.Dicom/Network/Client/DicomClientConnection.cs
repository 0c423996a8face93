using System.Net.Sockets;
using DicomRn.Dicom.Network.Tls;
using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Network.Client;

/// <summary>The requestor's side of one association.</summary>
internal sealed class DicomClientConnection : DicomService, IAssociationRequestor, IDicomService, IDicomCStoreProvider
{
    private readonly DicomClientCStoreRequestHandler? _instanceHandler;
    private readonly TaskCompletionSource<DicomAssociation> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _run = Task.CompletedTask;

    private DicomClientConnection(INetworkStream stream, DicomClient client, DicomServiceDependencies dependencies)
        : base(stream, client.FallbackEncoding, client.Logger, dependencies)
    {
        Options = client.ServiceOptions;
        _instanceHandler = client.OnCStoreRequest;
        EventReportHandler = client.OnNEventReportRequest;
    }

    /// <summary>Ends when the connection is closed.</summary>
    public Task Closed => _closed.Task;

    /// <summary>The wire's end of the association; set when it ended other than by release.</summary>
    public Exception? Failure { get; private set; }

    internal override bool TakesInstances => _instanceHandler is not null;

    internal override DicomClientNEventReportRequestHandler? EventReportHandler { get; }

    /// <exception cref="DicomNetworkException">No connection; the message names the peer.</exception>
    public static async Task<DicomClientConnection> ConnectAsync(
        DicomClient client, DicomServiceDependencies dependencies, CancellationToken cancellationToken)
    {
        TimeSpan timeout = TimeSpan.FromMilliseconds(client.ClientOptions.AssociationRequestTimeoutInMs);
        using CancellationTokenSource late = new(timeout, dependencies.Time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(client.Host, client.Port, either.Token).ConfigureAwait(false);
            SocketNetworkStream stream = SocketNetworkStream.Plain(socket, client.ServiceOptions);
            INetworkStream secured = client.TlsInitiator is { } tls
                ? await SecureAsync(stream, tls, client.Host, client.Port, either.Token).ConfigureAwait(false)
                : stream;
            DicomClientConnection connection = new(secured, client, dependencies);
            connection.Start();
            return connection;
        }
        catch (Exception e)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            string reason = late.IsCancellationRequested ? $"no connection within {timeout.TotalSeconds:0.###} s" : e.Message;
            throw new DicomNetworkException($"{client.Peer}: cannot connect: {reason}", e);
        }
    }

    /// <summary>Asks for the association.</summary>
    /// <exception cref="DicomAssociationRejectedException">The peer rejected it.</exception>
    /// <exception cref="TimeoutException">The peer did not answer.</exception>
    public async Task AssociateAsync(DicomAssociation association, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // The state machine's own timer is the second line: it also ends the connection.
        await RequestAssociationAsync(association, timeout + timeout).ConfigureAwait(false);
        _run = RunStartedAsync();
        await _answer.Task.WaitAsync(timeout, Time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Releases the association and waits until the connection is closed.</summary>
    public async Task ReleaseAsync(TimeSpan timeout)
    {
        await RequestReleaseAsync(timeout).ConfigureAwait(false);
        await Closed.ConfigureAwait(false);
    }

    /// <summary>Waits until nothing of the connection runs any more.</summary>
    public async Task CloseAsync()
    {
        Dispose();
        await _run.ConfigureAwait(false);
    }

    public Task OnAcceptedAsync(DicomAssociation association)
    {
        _answer.TrySetResult(association);
        return Task.CompletedTask;
    }

    public Task OnRejectedAsync(DicomRejectResult result, DicomRejectSource source, DicomRejectReason reason)
    {
        Fail(new DicomAssociationRejectedException(result, source, reason, Peer));
        return Task.CompletedTask;
    }

    public void OnFailed(Exception reason) => Fail(new DicomNetworkException($"{Peer}: the association is aborted: {reason.Message}", reason));

    public Task<DicomCStoreResponse> OnCStoreRequestAsync(DicomCStoreRequest request) => _instanceHandler!(request);

    // The client's caller learns of it by the counts of the C-GET, and by its end where the association ended.
    public Task OnCStoreRequestExceptionAsync(string? tempFileName, Exception e) => Task.CompletedTask;

    public void OnReceiveAbort(DicomAbortSource source, DicomAbortReason reason) =>
        Fail(new DicomAssociationAbortedException(source, reason, $"{Peer}: the association was aborted: {reason} (source {source})"));

    public void OnConnectionClosed(Exception? exception)
    {
        if (exception is not null)
            Fail(exception);
        _answer.TrySetException(new ConnectionClosedPrematurelyException($"{Peer}: the connection was closed"));
        _ = _answer.Task.Exception;
        _closed.TrySetResult();
    }

    private void Fail(Exception exception)
    {
        Failure ??= exception;
        _answer.TrySetException(exception);
        _ = _answer.Task.Exception;
    }

    private static async Task<INetworkStream> SecureAsync(
        SocketNetworkStream stream, ITlsInitiator tls, string host, int port, CancellationToken cancellationToken)
    {
        // The initiator's interface is synchronous; its handshake must not hold a thread that others wait for.
        Stream decrypted = await Task.Factory.StartNew(
            () => tls.InitiateTls(stream.AsStream(), host, port),
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).WaitAsync(cancellationToken).ConfigureAwait(false);
        return stream.Secured(decrypted);
    }
}
