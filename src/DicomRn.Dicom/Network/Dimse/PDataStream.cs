using System.Buffers;
using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Network.Dimse;

/// <summary>
/// Puts command set and data set of one message into P-DATA-TF PDUs as long as the peer takes them, and writes as many of them with
/// one call as a buffer holds: a peer that takes 16 KiB would else be woken eight times for one slice. The command set travels in a
/// PDU of its own, but in the same write as the first of the data set. The caller has the connection's turn until the message is complete.
/// </summary>
internal sealed class PDataStream : Stream, IBufferWriter<byte>
{
    private const int HeadersSize = PduHeader.Size + PDataTf.ValueHeaderSize;
    // With the command set before it, it still fits into a pooled array of 256 KiB.
    private const int LargestBuffer = (256 * 1024) - 1024;

    // A PDU that follows in the same write is worth its headers, and one read of a file fills no more than so many.
    private const int ShortestFollowing = 4 * 1024;
    private const int MostPerRead = 64;

    private readonly UpperLayerConnection _connection;
    private readonly byte _contextId;
    private readonly int _largestFragment;
    private byte[] _buffer;
    private int _pduStart;
    private int _length = HeadersSize;
    private bool _isCommand = true;
    private int _capacity;

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

    /// <summary>Bytes that the open PDU still takes.</summary>
    private int Room => _capacity - FragmentLength;

    /// <summary>Ends the command set and takes of the data set's file what fits, without writing anything.</summary>
    /// <returns>False where the peer's PDUs are so short that the command set alone has to be written in parts.</returns>
    public bool TryPrepare(FileStream file)
    {
        if (FragmentLength > _largestFragment)
            return false;
        EndCommand(datasetFollows: true);
        FillFrom(file, file.Length);
        return true;
    }

    /// <summary>Ends the command set, unless it was ended before.</summary>
    public async ValueTask EndCommandAsync(bool datasetFollows)
    {
        if (!_isCommand)
            return;
        while (FragmentLength > _largestFragment)
            await SplitCommandAsync().ConfigureAwait(false);
        EndCommand(datasetFollows);
        if (!datasetFollows)
            await WriteOutAsync().ConfigureAwait(false);
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
            if (!TryMakeRoom())
                await WriteFullAsync().ConfigureAwait(false);
            int count = Math.Min(Room, buffer.Length);
            buffer[..count].CopyTo(_buffer.AsMemory(_length));
            _length += count;
            buffer = buffer[count..];
        }
    }

    /// <summary>Takes the rest of a file straight into the PDUs.</summary>
    /// <exception cref="IOException">The file ends before its length.</exception>
    public async ValueTask WriteFromAsync(FileStream file, CancellationToken cancellationToken)
    {
        long end = file.Length;
        while (!FillFrom(file, end))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await WriteFullAsync().ConfigureAwait(false);
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

    private void EndCommand(bool datasetFollows)
    {
        CloseFragment(isLast: true);
        _isCommand = false;
        if (!datasetFollows)
            return;
        EnsureCapacity(_length + HeadersSize + _largestFragment);
        BeginPdu(_largestFragment);
    }

    /// <summary>Takes of a file what fits without writing.</summary>
    /// <returns>Whether that is all of it.</returns>
    private bool FillFrom(FileStream file, long end)
    {
        List<Memory<byte>> fragments = [];
        while (true)
        {
            long left = end - file.Position;
            if (left <= 0)
                return true;
            if (!TryMakeRoom())
                return false;
            ListFragments(fragments, left);
            // A file in the page cache is read faster than a thread is changed for it.
            int read = (int)RandomAccess.Read(file.SafeFileHandle, fragments, file.Position);
            if (read == 0)
                throw new EndOfStreamException($"{file.Name}: became shorter while it was sent");
            file.Position += read;
            Advance(read);
        }
    }

    /// <summary>Begins another PDU in the same write where the open one is full.</summary>
    /// <returns>False where the buffer is full.</returns>
    private bool TryMakeRoom()
    {
        // A full fragment is closed only when more follows: which one is the last is known no earlier.
        if (Room > 0)
            return true;
        if (FollowingFragment(_length) is not (> 0 and var fragment))
            return false;
        EnsureCapacity(LargestBuffer);
        CloseFragment(isLast: false);
        BeginPdu(fragment);
        return true;
    }

    /// <summary>Writes out what is full, as more follows.</summary>
    private async ValueTask WriteFullAsync()
    {
        CloseFragment(isLast: false);
        await WriteOutAsync().ConfigureAwait(false);
        _capacity = _largestFragment;
    }

    /// <summary>The longest fragment of a PDU that begins here in the same write; 0 where it is not worth it.</summary>
    private int FollowingFragment(int pduStart)
    {
        int room = Math.Min(_largestFragment, LargestBuffer - pduStart - HeadersSize) & ~1;
        return room >= Math.Min(_largestFragment, ShortestFollowing) ? room : 0;
    }

    /// <summary>Where the bytes of a file go: the room of the open PDU and of those that follow in the same write.</summary>
    private void ListFragments(List<Memory<byte>> fragments, long left)
    {
        int end = _length + Room;
        bool isMore = left > Room && FollowingFragment(end) > 0;
        if (isMore)
            EnsureCapacity(LargestBuffer);
        fragments.Clear();
        fragments.Add(_buffer.AsMemory(_length, Room));
        while (isMore && fragments.Count < MostPerRead && FollowingFragment(end) is > 0 and var fragment)
        {
            fragments.Add(_buffer.AsMemory(end + HeadersSize, fragment));
            end += HeadersSize + fragment;
        }
    }

    /// <summary>Counts bytes that were read into the listed fragments.</summary>
    private void Advance(int count)
    {
        while (true)
        {
            int taken = Math.Min(count, Room);
            _length += taken;
            count -= taken;
            if (count == 0)
                return;
            int fragment = FollowingFragment(_length);
            CloseFragment(isLast: false);
            BeginPdu(fragment);
        }
    }

    private void BeginPdu(int capacity)
    {
        _pduStart = _length;
        _length += HeadersSize;
        _capacity = capacity;
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
