using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace DicomRn.Node.Receiving;

/// <summary>
/// A Part-10 file as it arrives. A small one stays in one pooled buffer until its name is known, so that it is written once and
/// to its place; a larger one goes to a temporary file piece by piece, so that memory does not grow with it.
/// </summary>
internal sealed class IncomingInstance : Stream
{
    private const int SmallestBuffer = 64 * 1024;
    // From so many bytes on, writing them from where they are is cheaper than copying them together with others.
    private const int WorthWriting = 32 * 1024;

    // One that a program left behind is not met again.
    private static readonly string ThisProgram = Guid.NewGuid().ToString("N");
    private static long _files;

    private readonly string _spillFolder;
    private readonly int _memoryLimit;
    private DataSetScanner? _scanner;
    private byte[] _buffer;
    private int _buffered;
    private long _spilled;
    private SafeFileHandle? _spill;

    /// <param name="spillFolder">Where the temporary file goes, if there is to be one.</param>
    /// <param name="memoryLimit">See <see cref="ReceivingOptions.MemoryPerInstance"/>.</param>
    public IncomingInstance(string spillFolder, int memoryLimit)
    {
        _spillFolder = spillFolder;
        _memoryLimit = Math.Max(memoryLimit, SmallestBuffer);
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Min(4 * SmallestBuffer, _memoryLimit));
    }

    /// <summary>The transfer syntax of the data set.</summary>
    public required string TransferSyntaxUid { get; init; }

    /// <summary>Length of preamble and file meta information.</summary>
    public int DataSetOffset { get; private set; }

    /// <summary>Path of the temporary file; null while everything is in memory.</summary>
    public string? SpillPath { get; private set; }

    /// <summary>All that was written, while it is in memory and this object is not disposed; null where some of it is on disk.</summary>
    public ReadOnlyMemory<byte>? InMemory => _spill is null ? _buffer.AsMemory(0, _buffered) : default(ReadOnlyMemory<byte>?);

    public override long Length => _spilled + _buffered;

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    /// <summary>What is written from now on belongs to the data set.</summary>
    public void BeginDataSet()
    {
        DataSetOffset = checked((int)Length);
        _scanner = DataSetScanner.For(TransferSyntaxUid);
    }

    /// <summary>What the data set, now complete, says of itself.</summary>
    /// <exception cref="DicomException">It is not a data set.</exception>
    public InstanceIdentity ReadIdentity()
    {
        if (_scanner?.TryGetIdentity() is { } identity)
            return identity;
        using Stream file = OpenRead();
        return InstanceIdentity.Read(file);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _scanner?.Read(buffer);
        if (_buffered + buffer.Length > _buffer.Length)
            MakeRoom(buffer.Length);
        if (_spill is not null && _buffered == 0 && buffer.Length >= WorthWriting)
        {
            // Large enough to be written from where it is: no copy, then.
            RandomAccess.Write(_spill, buffer, _spilled);
            _spilled += buffer.Length;
            return;
        }

        buffer.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    /// <summary>The file from its beginning, for as long as this object is not disposed.</summary>
    public Stream OpenRead()
    {
        if (_spill is null)
            return new MemoryStream(_buffer, 0, _buffered, writable: false);
        FlushToSpill();
        return new FileStream(SpillPath!, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>
    /// Gives the file its place. Nothing is synced yet; the caller does that with the handle it gets. An existing file is
    /// not touched.
    /// </summary>
    /// <exception cref="IOException">There is a file of that name, or it cannot be written.</exception>
    public SafeFileHandle MoveTo(string path)
    {
        if (_spill is null)
        {
            SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
            try
            {
                RandomAccess.Write(file, _buffer.AsSpan(0, _buffered), 0);
                return file;
            }
            catch
            {
                file.Dispose();
                File.Delete(path);
                throw;
            }
        }

        FlushToSpill();
        File.Move(SpillPath!, path, overwrite: false);
        SafeFileHandle moved = _spill;
        _spill = null;
        SpillPath = null;
        return moved;
    }

    /// <summary>
    /// Gives the file its place, instead of a file that may be there: at every moment the one or the other is there, whole.
    /// Nothing is synced yet; the caller does that with the handle it gets.
    /// </summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public SafeFileHandle Replace(string path)
    {
        FlushToSpill();
        File.Move(SpillPath!, path, overwrite: true);
        SafeFileHandle moved = _spill!;
        _spill = null;
        SpillPath = null;
        return moved;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            if (_spill is not null)
            {
                _spill.Dispose();
                File.Delete(SpillPath!);
            }
        }

        base.Dispose(disposing);
    }

    private void MakeRoom(int count)
    {
        if (_spill is null && _buffered + count <= _memoryLimit)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Min(_memoryLimit, Math.Max(2 * _buffer.Length, _buffered + count)));
            _buffer.AsSpan(0, _buffered).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
            return;
        }

        FlushToSpill();
    }

    private void FlushToSpill()
    {
        if (_spill is null)
        {
            SpillPath = Path.Combine(_spillFolder, $"{ThisProgram}-{Interlocked.Increment(ref _files):x}.part");
            _spill = File.OpenHandle(
                SpillPath, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }

        RandomAccess.Write(_spill, _buffer.AsSpan(0, _buffered), _spilled);
        _spilled += _buffered;
        _buffered = 0;
    }
}
