using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace DicomRn.Dicom.Network;

/// <summary>
/// A socket's stream that acknowledges what it receives at once. Peers that leave Nagle's algorithm on, DCMTK as it is shipped among
/// them, hold the second half of every PDU back until the first half is acknowledged, and an acknowledgement is delayed by 40 ms
/// where it could travel with data. Linux has TCP_QUICKACK against that, which does not last and is set again after every receive.
/// </summary>
internal sealed class PromptSocketStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    private const int IpprotoTcp = 6;
    private const int TcpQuickAck = 12;

    private static ReadOnlySpan<byte> On => [1, 0, 0, 0];

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (read > 0)
            AcknowledgeAtOnce();
        return read;
    }

    private void AcknowledgeAtOnce()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            Socket.SetRawSocketOption(IpprotoTcp, TcpQuickAck, On);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The connection ended meanwhile; the next read will tell.
        }
    }
}
