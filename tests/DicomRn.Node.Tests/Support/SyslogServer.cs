using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;

namespace DicomRn.Node.Tests.Support;

/// <summary>A syslog server over TLS on 127.0.0.1 (RFC 5425): reads length, blank, message.</summary>
internal sealed class SyslogServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly X509Certificate2 _certificate;
    private readonly CancellationTokenSource _end = new();
    private readonly List<TcpClient> _clients = [];
    private readonly Channel<string> _messages = Channel.CreateUnbounded<string>();
    private readonly Task _serving;

    public SyslogServer(X509Certificate2 certificate, int port = 0)
    {
        _certificate = certificate;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The next message.</summary>
    public ValueTask<string> NextAsync(CancellationToken cancellationToken) => _messages.Reader.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        foreach (TcpClient client in _clients)
            client.Dispose();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        List<Task> readers = [];
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
                _clients.Add(client);
                readers.Add(ReadAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(readers);
        }
    }

    private async Task ReadAsync(TcpClient client)
    {
        try
        {
            await using SslStream secured = new(client.GetStream());
            await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _end.Token);
            while (true)
            {
                StringBuilder length = new();
                byte[] one = new byte[1];
                while (true)
                {
                    await secured.ReadExactlyAsync(one, _end.Token);
                    if (one[0] == ' ')
                        break;
                    length.Append((char)one[0]);
                }

                byte[] message = new byte[int.Parse(length.ToString(), CultureInfo.InvariantCulture)];
                await secured.ReadExactlyAsync(message, _end.Token);
                _messages.Writer.TryWrite(Encoding.UTF8.GetString(message));
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
        }
    }
}
