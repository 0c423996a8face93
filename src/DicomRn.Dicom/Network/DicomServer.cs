using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DicomRn.Dicom.Network.Tls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Dicom.Network;

/// <summary>
/// Accepts connections and runs a service on each. A connection takes one of the server's places only with its association
/// request, so that silent connections cannot make it deaf; without an association it lives as long as ARTIM lets it.
/// </summary>
internal sealed class DicomServer<T> : IDicomServer
    where T : DicomService, IDicomServiceProvider
{
    private const int Backlog = 1024;

    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromMilliseconds(100);

    private static readonly ObjectFactory Constructor =
        ActivatorUtilities.CreateFactory(typeof(T), [typeof(INetworkStream), typeof(Encoding), typeof(ILogger)]);

    private readonly DicomServerOptions _serverOptions;
    private readonly ServiceSource _source;
    private readonly TimeProvider _time;
    private readonly ITlsAcceptor? _tlsAcceptor;
    private readonly Encoding? _fallbackEncoding;
    private readonly object? _userState;
    private readonly ConcurrentDictionary<long, (SocketNetworkStream Stream, Task Run)> _connections = [];
    private readonly CancellationTokenSource _stopping = new();
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;
    private long _lastConnection;
    private int _associations;

    public DicomServer(
        DicomServerOptions serverOptions,
        DicomServiceDependencies dependencies,
        ITlsAcceptor? tlsAcceptor,
        Encoding? fallbackEncoding,
        object? userState,
        ILogger? logger)
    {
        _serverOptions = serverOptions;
        _source = new ServiceSource(dependencies);
        _time = dependencies.Time;
        _tlsAcceptor = tlsAcceptor;
        _fallbackEncoding = fallbackEncoding;
        _userState = userState;
        Logger = logger ?? NullLogger.Instance;
    }

    public string IPAddress { get; private set; } = "";

    public int Port { get; private set; }

    public bool IsListening { get; private set; }

    public Exception? Exception { get; private set; }

    public DicomServiceOptions Options { get; } = new();

    public ILogger Logger { get; set; }

    /// <summary>Ends when the server is stopped and its last connection is closed.</summary>
    public Task Completion => CompleteAsync();

    public void Listen(string? ipAddress, int port)
    {
        if (!System.Net.IPAddress.TryParse(ipAddress ?? "0.0.0.0", out IPAddress? address))
            throw new DicomNetworkException($"'{ipAddress}' is no IP address to listen on");
        Socket listener = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(address, port));
            listener.Listen(Backlog);
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new DicomNetworkException($"cannot listen on {address}:{port}: {e.Message}", e);
        }

        _listener = listener;
        IPAddress = address.ToString();
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        IsListening = true;
        NetworkLog.Listening(Logger, IPAddress, Port);
        _accepting = Task.Run(() => AcceptAsync(listener, _stopping.Token));
    }

    public void Stop()
    {
        if (_stopping.IsCancellationRequested)
            return;
        _stopping.Cancel();
        _listener?.Dispose();
        IsListening = false;
        NetworkLog.StoppedListening(Logger, IPAddress, Port);
    }

    public void Dispose()
    {
        Stop();
        foreach ((SocketNetworkStream stream, _) in _connections.Values)
            stream.Dispose();
    }

    private async Task AcceptAsync(Socket listener, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                Admit(await listener.AcceptAsync(cancellationToken).ConfigureAwait(false));
            }
            catch (Exception e) when (cancellationToken.IsCancellationRequested && e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e)
            {
                // A peer that hung up in the queue, or no file descriptors left: both pass.
                NetworkLog.AcceptFailed(Logger, e.Message);
                await Task.Delay(PauseAfterFault, _time, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                Exception = e;
                IsListening = false;
                NetworkLog.AcceptFailed(Logger, e.Message);
                return;
            }
        }
    }

    private void Admit(Socket socket)
    {
        SocketNetworkStream? stream = null;
        try
        {
            stream = SocketNetworkStream.Plain(socket, Options);
            int withoutAssociation = _connections.Count - Volatile.Read(ref _associations);
            if (withoutAssociation >= Options.Limits.ConnectionsWithoutAssociation)
            {
                NetworkLog.TooManyConnections(Logger, $"{stream.RemoteHost}:{stream.RemotePort}", withoutAssociation);
                stream.Dispose();
                return;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            NetworkLog.AcceptFailed(Logger, e.Message);
            stream?.Dispose();
            socket.Dispose();
            return;
        }

        long id = ++_lastConnection;
        SocketNetworkStream accepted = stream;
        TaskCompletionSource registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task run = Task.Run(async () =>
        {
            await registered.Task.ConfigureAwait(false);
            await ServeAsync(accepted).ConfigureAwait(false);
            _connections.TryRemove(id, out _);
        });
        _connections[id] = (stream, run);
        registered.SetResult();
    }

    private async Task ServeAsync(SocketNetworkStream stream)
    {
        string peer = $"{stream.RemoteHost}:{stream.RemotePort}";
        T? service = null;
        try
        {
            INetworkStream connection = await SecureAsync(stream).ConfigureAwait(false);
            service = (T)Constructor(_source, [connection, _fallbackEncoding, Logger]);
            service.UserState = _userState;
            service.Options = Options;
            service.LimitPlaces(TakePlace, LeavePlace);
            await service.RunAsync().ConfigureAwait(false);
        }
        catch (TlsHandshakeException e)
        {
            NetworkLog.TlsFailed(Logger, peer, e.Message);
        }
        catch (Exception e)
        {
            NetworkLog.ServiceNotCreated(Logger, peer, e);
        }
        finally
        {
            service?.LeavePlace();
            service?.Dispose();
            stream.Dispose();
        }
    }

    private async Task<INetworkStream> SecureAsync(SocketNetworkStream stream)
    {
        if (_tlsAcceptor is null)
            return stream;
        using CancellationTokenSource artim = new(Options.Limits.Artim, _time);
        try
        {
            // An acceptor of someone else's is synchronous; its handshake must not hold a thread that others wait for.
            Stream decrypted = _tlsAcceptor is IAwaitedTlsAcceptor awaited
                ? await awaited.AcceptTlsAsync(stream.AsStream(), stream.RemoteHost, stream.LocalPort, artim.Token).ConfigureAwait(false)
                : await Task.Factory.StartNew(
                    () => _tlsAcceptor.AcceptTls(stream.AsStream(), stream.RemoteHost, stream.LocalPort),
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default).WaitAsync(artim.Token).ConfigureAwait(false);
            return stream.Secured(decrypted);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new TlsHandshakeException(artim.IsCancellationRequested ? "the handshake was not done in time" : e.Message, e);
        }
    }

    private bool TakePlace()
    {
        int taken = Interlocked.Increment(ref _associations);
        if (_serverOptions.MaxClientsAllowed <= 0 || taken <= _serverOptions.MaxClientsAllowed)
            return true;
        Interlocked.Decrement(ref _associations);
        return false;
    }

    private void LeavePlace() => Interlocked.Decrement(ref _associations);

    private async Task CompleteAsync()
    {
        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(_connections.Values.Select(connection => connection.Run)).ConfigureAwait(false);
    }
}
