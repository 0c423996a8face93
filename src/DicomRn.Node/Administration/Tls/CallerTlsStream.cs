using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace DicomRn.Node.Administration.Tls;

/// <summary>The connection of a caller, which does its handshake with the first read.</summary>
internal sealed class CallerTlsStream(Stream encrypted, string peer, int port, NodeTlsAcceptor acceptor)
    : SslStream(encrypted, leaveInnerStreamOpen: false)
{
    /// <summary>The certificates of intermediate authorities that the caller showed.</summary>
    public X509Certificate2Collection Shown { get; } = [];

    // Before the handshake, too: a stack may buffer the stream before it reads, and no buffer takes one that says it can do neither.
    public override bool CanRead => InnerStream.CanRead;

    public override bool CanWrite => InnerStream.CanWrite;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        IsAuthenticated ? base.ReadAsync(buffer, cancellationToken) : HandshakeAndReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        IsAuthenticated ? base.WriteAsync(buffer, cancellationToken) : throw new IOException("the connection is not secured yet");

    private async ValueTask<int> HandshakeAndReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        string? refusal = null;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(acceptor.Timeout);
        try
        {
            if (await IsClosedSilentlyAsync(limit.Token))
            {
                TlsLog.NoHandshake(acceptor.Logger, peer, port);
                return 0;
            }

            await AuthenticateAsServerAsync(acceptor.Handshake(peer, Shown, reason => refusal = reason), limit.Token);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            string reason = refusal ?? (e is OperationCanceledException ? "it was not done in time" : TlsFailure.Describe(e));
            TlsLog.HandshakeFailed(acceptor.Logger, peer, port, reason);
            throw new IOException($"TLS handshake failed: {reason}", e);
        }

        return await base.ReadAsync(buffer, cancellationToken);
    }

    /// <summary>Waits for the first byte. Watchdogs of ports connect and close: that is nothing to warn of.</summary>
    private async ValueTask<bool> IsClosedSilentlyAsync(CancellationToken cancellationToken)
    {
        if (InnerStream is not NetworkStream network)
            return false;
        // Reads nothing: it comes back when there is something to read, or never will be.
        _ = await network.ReadAsync(Memory<byte>.Empty, cancellationToken);
        return !network.DataAvailable;
    }
}
