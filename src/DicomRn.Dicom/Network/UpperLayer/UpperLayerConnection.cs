using System.Net.Sockets;

namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>
/// A connection that carries PDUs. One reader; writers take turns, a message of several PDUs keeps its turn until it is complete.
/// </summary>
internal sealed class UpperLayerConnection : IDisposable
{
    private readonly INetworkStream _network;
    private readonly Stream _stream;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _disposed;

    public UpperLayerConnection(INetworkStream network, DicomServiceOptions options, TimeProvider time)
    {
        _network = network;
        _stream = network.AsStream();
        Limits = options.Limits;
        Watchdog = new ConnectionWatchdog(time, Min(Min(Limits.Artim, options.RequestTimeout ?? Limits.Network), Limits.Idle));
        Receiver = new PduReceiver(_stream, Watchdog) { MaximumAssociationLength = Limits.AssociationPduLength };
        Take(options);
        Peer = $"{network.RemoteHost}:{network.RemotePort}";
    }

    public ServiceLimits Limits { get; }

    public TimeSpan NetworkTimeout { get; private set; }

    /// <summary>The longest P-DATA-TF body that is announced and received.</summary>
    public uint MaximumLength { get; private set; }

    public ConnectionWatchdog Watchdog { get; }

    public PduReceiver Receiver { get; }

    /// <summary>Address and port of the peer, with its AE title once it is known: what logs and errors call it.</summary>
    public string Peer { get; set; }

    public INetworkStream Network => _network;

    /// <summary>Takes over what the options say of PDU length and time-out; an acceptor may know them only once it knows its peer.</summary>
    public void Take(DicomServiceOptions options)
    {
        NetworkTimeout = options.RequestTimeout ?? Limits.Network;
        MaximumLength = options.MaxPDULength == 0 ? Limits.AnnouncedWhenUnlimited : options.MaxPDULength;
        Watchdog.WriteTimeout = NetworkTimeout;
        Receiver.MaximumDataLength = checked((int)MaximumLength);
    }

    /// <summary>Waits for the turn to write one message; <see cref="EndTurn"/> passes it on.</summary>
    public Task BeginTurnAsync() => _turn.WaitAsync(Watchdog.Token);

    public void EndTurn() => _turn.Release();

    /// <summary>Writes bytes of whole PDUs; the caller has the turn.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        Watchdog.BeginWrite();
        await _stream.WriteAsync(bytes, Watchdog.Token).ConfigureAwait(false);
        Watchdog.EndWrite();
        Watchdog.Touch();
    }

    /// <summary>Writes one PDU with a single write.</summary>
    public async Task SendAsync(PduWriter pdu)
    {
        await BeginTurnAsync().ConfigureAwait(false);
        try
        {
            await WriteAsync(pdu.Finish()).ConfigureAwait(false);
        }
        finally
        {
            EndTurn();
        }
    }

    /// <summary>
    /// Writes an A-ABORT where that is still possible: not while another write is stuck, and not for long.
    /// </summary>
    public async Task TryAbortAsync(DicomAbortSource source, DicomAbortReason reason)
    {
        if (!_turn.Wait(0, CancellationToken.None))
            return;
        try
        {
            using PduWriter pdu = new(PduType.AAbort);
            new AAbort(source, reason).Write(pdu);
            ReadOnlyMemory<byte> bytes = pdu.Finish();
            // Ten bytes fit into any send buffer that is not blocked, and a blocked one must not hold the connection.
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(1));
            await _stream.WriteAsync(bytes, patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsLost(e))
        {
            // The peer is gone: there is nobody left to tell.
        }
        finally
        {
            EndTurn();
        }
    }

    /// <summary>Whether an exception means no more than that the connection is no longer there.</summary>
    public static bool IsLost(Exception e) =>
        e is IOException or SocketException or ObjectDisposedException or OperationCanceledException;

    /// <summary>
    /// Closes the connection so that the peer reads what was sent last: it hears that nothing more comes, then has the ARTIM time
    /// to close its side. Closing at once would take an answer that still lies in its receive buffer away from it.
    /// </summary>
    public async Task CloseAsync()
    {
        if (_disposed != 0)
            return;
        try
        {
            if (_network is SocketNetworkStream socket)
                await socket.CloseSendAsync().ConfigureAwait(false);
            Watchdog.Await("the end of the connection", Limits.Artim);
            await Receiver.DrainAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (IsLost(e) || e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // Closed by the peer, not closed in time, or TLS can say no more: it is closed now.
        }

        Dispose();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _network.Dispose();
    }

    /// <summary>Gives the buffers back; only when the reader has ended.</summary>
    public void Release()
    {
        Dispose();
        Receiver.Dispose();
        Watchdog.Dispose();
        _turn.Dispose();
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
