using System.Net.Sockets;
using DicomRn.Node.Administration.Tls;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Administration.Audit;

/// <summary>A way to a syslog server.</summary>
internal sealed class SyslogConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly Stream? _stream;
    private readonly Task<int>? _end;

    private SyslogConnection(Socket socket, Stream? stream)
    {
        _socket = socket;
        _stream = stream;
        // A server says nothing; what can be read is the end of the connection.
        _end = stream?.ReadAsync(new byte[1]).AsTask();
    }

    /// <summary>Connects, and secures the connection over TLS.</summary>
    /// <exception cref="IOException">The server is not there, or not trusted.</exception>
    public static async Task<SyslogConnection> OpenAsync(
        AuditSyslogOptions options, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        bool isTls = options.Transport == SyslogTransport.Tls;
        Socket socket = isTls
            ? new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(SocketType.Dgram, ProtocolType.Udp);
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(options.Timeout);
        try
        {
            await socket.ConnectAsync(options.Host!, options.EffectivePort, late.Token);
            if (!isTls)
                return new SyslogConnection(socket, null);
            ITlsInitiator tls = SecuredConnections.CreateInitiator("the syslog server", options.Tls, options.Timeout, loggers);
            Stream secured = await Task.Run(
                () => tls.InitiateTls(new NetworkStream(socket), options.Host!, options.EffectivePort), cancellationToken);
            return new SyslogConnection(socket, secured);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new IOException($"no connection within {options.Timeout.TotalSeconds:0.#} s");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Hands a message to the network. TLS syslog has no acknowledgement (RFC 5425 6.1).</summary>
    /// <exception cref="IOException">The connection is gone.</exception>
    public async Task SendAsync(byte[] message, CancellationToken cancellationToken)
    {
        if (_stream is null)
        {
            await _socket.SendAsync(message, SocketFlags.None, cancellationToken);
            return;
        }

        Demand();
        await _stream.WriteAsync(SyslogMessage.Frame(message), cancellationToken);
        await _stream.FlushAsync(cancellationToken);
    }

    /// <summary>Has somebody told when the server closes the connection: what is sent after that is lost without an error.</summary>
    public void WhenClosed(Action told) => _end?.ContinueWith(
        _ => told(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <exception cref="IOException">The server closed the connection.</exception>
    public void Demand()
    {
        if (_end is { IsCompleted: true })
            throw new IOException("the server closed the connection");
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _socket.Dispose();
        // Its end is no news.
        _end?.ContinueWith(t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }
}
