using System.Buffers;

namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>
/// Cuts the byte stream of a connection into PDUs. One pooled buffer takes as much as the socket has; a PDU is handed out where
/// it lies, without a copy and without an allocation. The buffer grows with the bytes that have come, not with the length that a
/// PDU announces, so that an announcement alone costs nothing.
/// </summary>
internal sealed class PduReceiver(Stream stream, ConnectionWatchdog watchdog) : IDisposable
{
    private const int InitialSize = 16 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int _start;
    private int _end;
    private int _wanted;

    /// <summary>Type of the PDU read last.</summary>
    public PduType Type { get; private set; }

    /// <summary>That PDU without its header; valid until the next read.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>The longest body of a P-DATA-TF PDU that is received: what was announced to the peer.</summary>
    public int MaximumDataLength { get; set; }

    /// <summary>The longest body of any other PDU that is received.</summary>
    public required int MaximumAssociationLength { get; init; }

    /// <summary>Reads the next PDU.</summary>
    /// <returns>False where the peer closed the connection after the last PDU.</returns>
    /// <exception cref="PduException">No PDU of the upper layer, or one that is too long.</exception>
    /// <exception cref="EndOfStreamException">The peer closed the connection in the middle of a PDU.</exception>
    public async ValueTask<bool> ReadAsync()
    {
        int size = 0;
        bool begun = false;
        while (true)
        {
            int available = _end - _start;
            if (size == 0 && available >= PduHeader.Size)
                size = Admit(PduHeader.Read(_buffer.AsSpan(_start)));
            if (size != 0 && available >= size)
            {
                if (begun)
                    watchdog.EndPdu();
                Body = _buffer.AsMemory(_start + PduHeader.Size, size - PduHeader.Size);
                _start += size;
                return true;
            }

            if (available > 0 && !begun)
            {
                begun = true;
                watchdog.BeginPdu();
            }

            MakeRoom(Math.Max(size, PduHeader.Size));
            int read = await stream.ReadAsync(_buffer.AsMemory(_end), watchdog.Token).ConfigureAwait(false);
            if (read == 0)
                return available == 0 ? false : throw new EndOfStreamException("the peer closed the connection inside a PDU");
            _end += read;
        }
    }

    /// <summary>From the next read on, takes as much at once as the longest PDU needs: worth its memory once data sets come.</summary>
    public void Widen() => _wanted = MaximumDataLength + PduHeader.Size;

    /// <summary>Reads and forgets whatever still comes, until the peer closes the connection or the time is over.</summary>
    public async Task DrainAsync()
    {
        while (await stream.ReadAsync(_buffer.AsMemory(), watchdog.Token).ConfigureAwait(false) > 0)
        {
        }
    }

    public void Dispose()
    {
        byte[] buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private int Admit(PduHeader header)
    {
        Type = header.Type;
        int limit = header.Type == PduType.PDataTf ? MaximumDataLength : MaximumAssociationLength;
        return header.Length <= (uint)limit
            ? (int)header.Length + PduHeader.Size
            : throw new PduException(DicomAbortReason.InvalidPDUParameter,
                $"a {header.Type} PDU of {header.Length} bytes where {limit} are allowed");
    }

    /// <summary>Makes sure that at least one more byte of a PDU of <paramref name="size"/> bytes can be read.</summary>
    private void MakeRoom(int size)
    {
        int available = _end - _start;
        if (available == 0)
        {
            _start = _end = 0;
        }
        else if (_buffer.Length - _start < size || _end == _buffer.Length)
        {
            _buffer.AsSpan(_start, available).CopyTo(_buffer);
            (_start, _end) = (0, available);
        }

        if (_end == _buffer.Length)
            Grow(Math.Max(_wanted, Math.Min(_buffer.Length * 2, size)));
        else if (_buffer.Length < _wanted)
            Grow(_wanted);
    }

    private void Grow(int size)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(size);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
