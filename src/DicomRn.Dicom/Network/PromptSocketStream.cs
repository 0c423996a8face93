using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace DicomRn.Dicom.Network;

/// <summary>
/// A socket's stream that acknowledges what it receives at once. Peers that leave Nagle's algorithm on, DCMTK as it is shipped among
/// them, hold the second half of every PDU back until the first half is acknowledged, and an acknowledgement is delayed by 40 ms
/// where it could travel with data. Linux has TCP_QUICKACK against that, which does not last and is set again before every wait for
/// more, unless an answer has taken the acknowledgement along.
/// </summary>
/// <remarks>
/// A peer that keeps up sends the next bytes within a millisecond, and handing them from the system's event thread to a thread
/// of the pool takes longer than that. So a reader first waits where it is, for a moment, and only then gives its thread away.
/// </remarks>
internal sealed class PromptSocketStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    private const int IpprotoTcp = 6;
    private const int TcpQuickAck = 12;

    private const int MomentInMicroseconds = 100_000;

    private static int _waiting;

    // Written by the writer too: at worst one more or one less is set, and the peer's or the system's timer helps out.
    private volatile bool _isUnacknowledged;

    private static ReadOnlySpan<byte> On => [1, 0, 0, 0];

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        AcknowledgeAtOnce();
        if (cancellationToken.IsCancellationRequested || !IsReadableInAMoment())
            return ReadLaterAsync(buffer, cancellationToken);
        int read;
        try
        {
            read = Socket.Receive(buffer.Span, SocketFlags.None);
        }
        catch (SocketException e)
        {
            return ValueTask.FromException<int>(new IOException(e.Message, e));
        }
        catch (ObjectDisposedException e)
        {
            return ValueTask.FromException<int>(e);
        }

        _isUnacknowledged = read > 0;
        return ValueTask.FromResult(read);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _isUnacknowledged = false;
        return base.WriteAsync(buffer, cancellationToken);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadLaterAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int read = await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _isUnacknowledged = read > 0;
        return read;
    }

    private bool IsReadableInAMoment()
    {
        // Only where the program has threads to spare: more of them are kept ready than there are processors to run them.
        ThreadPool.GetMinThreads(out int threads, out _);
        try
        {
            return Interlocked.Increment(ref _waiting) <= threads - Environment.ProcessorCount
                && Socket.Poll(MomentInMicroseconds, SelectMode.SelectRead);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The read that follows says why.
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private void AcknowledgeAtOnce()
    {
        if (!_isUnacknowledged || !OperatingSystem.IsLinux())
            return;
        _isUnacknowledged = false;
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
