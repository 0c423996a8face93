using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace DicomRn.Dicom.Network;

/// <summary>A TCP connection, perhaps secured.</summary>
internal sealed class SocketNetworkStream : INetworkStream
{
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(1);

    private const int KeepAliveSeconds = 60;
    private const int KeepAliveIntervalSeconds = 10;
    private const int KeepAliveRetries = 6;

    private readonly Socket _socket;
    private readonly Stream _stream;

    private SocketNetworkStream(Socket socket, Stream stream)
    {
        _socket = socket;
        _stream = stream;
        (RemoteHost, RemotePort) = Parts(socket.RemoteEndPoint);
        (LocalHost, LocalPort) = Parts(socket.LocalEndPoint);
    }

    public string RemoteHost { get; }

    public string LocalHost { get; }

    public int RemotePort { get; }

    public int LocalPort { get; }

    /// <summary>A connected socket with the options of a service.</summary>
    public static SocketNetworkStream Plain(Socket socket, DicomServiceOptions options)
    {
        Configure(socket, options);
        return new SocketNetworkStream(socket, new PromptSocketStream(socket));
    }

    /// <summary>The same connection after a TLS handshake.</summary>
    public SocketNetworkStream Secured(Stream decrypted) => new(_socket, decrypted);

    public Stream AsStream() => _stream;

    /// <summary>Tells the peer that nothing more comes.</summary>
    public async Task CloseSendAsync()
    {
        if (_stream is SslStream secured)
        {
            // A peer that reads no more must not hold the connection for the sake of a farewell.
            using CancellationTokenSource patience = new(FarewellTime);
            await secured.ShutdownAsync().WaitAsync(patience.Token).ConfigureAwait(false);
        }

        _socket.Shutdown(SocketShutdown.Send);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private static void Configure(Socket socket, DicomServiceOptions options)
    {
        socket.NoDelay = options.TcpNoDelay;
        // A peer that is gone without a word, or a firewall that forgot the connection, is noticed even while a response is awaited.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveIntervalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveRetries);
        if (options.TcpReceiveBufferSize is { } receive)
            socket.ReceiveBufferSize = receive;
        if (options.TcpSendBufferSize is { } send)
            socket.SendBufferSize = send;
    }

    private static (string Host, int Port) Parts(EndPoint? endPoint) => endPoint is IPEndPoint ip
        ? ((ip.Address.IsIPv4MappedToIPv6 ? ip.Address.MapToIPv4() : ip.Address).ToString(), ip.Port)
        : ("", 0);
}
