using System.Buffers;
using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Network.Dimse;

/// <summary>
/// Puts command set and data set of one message into P-DATA-TF PDUs as long as the peer takes them, and writes each with one
/// call. The command set travels in a PDU of its own, but in the same write as the first of the data set. The caller has the
/// connection's turn until the message is complete.
/// </summary>
internal sealed class PDataStream : Stream, IBufferWriter<byte>
{
    private const int HeadersSize = PduHeader.Size + PDataTf.ValueHeaderSize;
    // With the command set before it, it still fits into a pooled array of 256 KiB.
    private const int LargestBuffer = (256 * 1024) - 1024;

    private readonly UpperLayerConnection _connection;
    private readonly byte _contextId;
    private readonly int _largestFragment;
    private byte[] _buffer;
    private int _pduStart;
    private int _length = HeadersSize;
    private bool _isCommand = true;

    /// <param name="connection">The connection.</param>
    /// <param name="contextId">The message's presentation context.</param>
    /// <param name="peerMaximumLength">The longest P-DATA-TF body the peer takes, 0 for no limit.</param>
    public PDataStream(UpperLayerConnection connection, byte contextId, uint peerMaximumLength)
    {
        _connection = connection;
        _contextId = contextId;
        int longest = peerMaximumLength is 0 or > LargestBuffer ? LargestBuffer : (int)peerMaximumLength;
        // Whole PDUs of even fragments (PS3.8 9.3.5.1).
        _largestFragment = (longest - PDataTf.ValueHeaderSize) & ~1;
        if (_largestFragment < 2)
            throw new DicomNetworkException($"{connection.Peer} takes PDUs of {peerMaximumLength} bytes, too short for any data");
        _buffer = ArrayPool<byte>.Shared.Rent(1024);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private int FragmentLength => _length - _pduStart - HeadersSize;

    /// <summary>Ends the command set.</summary>
    public async ValueTask EndCommandAsync(bool datasetFollows)
    {
        while (FragmentLength > _largestFragment)
            await SplitCommandAsync().ConfigureAwait(false);
        CloseFragment(isLast: true);
        _isCommand = false;
        if (!datasetFollows)
        {
            await WriteOutAsync().ConfigureAwait(false);
            return;
        }

        EnsureCapacity(_length + HeadersSize + _largestFragment);
        _pduStart = _length;
        _length += HeadersSize;
    }

    /// <summary>Ends the data set and writes what is left of it.</summary>
    public async ValueTask EndDatasetAsync()
    {
        CloseFragment(isLast: true);
        await WriteOutAsync().ConfigureAwait(false);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            Memory<byte> room = await RoomAsync().ConfigureAwait(false);
            int count = Math.Min(room.Length, buffer.Length);
            buffer[..count].CopyTo(room);
            _length += count;
            buffer = buffer[count..];
        }
    }

    /// <summary>Takes the rest of a stream straight into the PDUs.</summary>
    public async ValueTask WriteFromAsync(FileStream source, CancellationToken cancellationToken)
    {
        while (true)
        {
            Memory<byte> room = await RoomAsync().ConfigureAwait(false);
            // A file in the page cache is read faster than a thread is changed for it.
            int read = source.IsAsync ? await source.ReadAsync(room, cancellationToken).ConfigureAwait(false) : source.Read(room.Span);
            if (read == 0)
                return;
            _length += read;
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("A data set is sent asynchronously.");

    // The command set is small and written in one go, into the first PDU.
    void IBufferWriter<byte>.Advance(int count) => _length += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        EnsureCapacity(_length + Math.Max(sizeHint, 16));
        return _buffer.AsMemory(_length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => ((IBufferWriter<byte>)this).GetMemory(sizeHint).Span;

    protected override void Dispose(bool disposing)
    {
        byte[] buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        base.Dispose(disposing);
    }

    private async ValueTask<Memory<byte>> RoomAsync()
    {
        // A full fragment is written only when more follows: which one is the last is known no earlier.
        if (FragmentLength == _largestFragment)
        {
            CloseFragment(isLast: false);
            await WriteOutAsync().ConfigureAwait(false);
        }

        return _buffer.AsMemory(_length, _largestFragment - FragmentLength);
    }

    private async ValueTask SplitCommandAsync()
    {
        // Only for a peer whose PDUs are shorter than a command set.
        byte[] rest = _buffer.AsSpan(_pduStart + HeadersSize + _largestFragment, FragmentLength - _largestFragment).ToArray();
        _length = _pduStart + HeadersSize + _largestFragment;
        CloseFragment(isLast: false);
        await WriteOutAsync().ConfigureAwait(false);
        EnsureCapacity(HeadersSize + rest.Length);
        rest.CopyTo(_buffer, HeadersSize);
        _length = HeadersSize + rest.Length;
    }

    private void CloseFragment(bool isLast) =>
        PDataTf.WriteHeaders(_buffer.AsSpan(_pduStart), FragmentLength, _contextId, _isCommand, isLast);

    private async ValueTask WriteOutAsync()
    {
        await _connection.WriteAsync(_buffer.AsMemory(0, _length)).ConfigureAwait(false);
        _pduStart = 0;
        _length = HeadersSize;
    }

    private void EnsureCapacity(int capacity)
    {
        if (capacity <= _buffer.Length)
            return;
        byte[] larger = ArrayPool<byte>.Shared.Rent(capacity);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
