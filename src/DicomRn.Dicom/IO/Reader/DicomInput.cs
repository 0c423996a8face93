using System.Buffers.Binary;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.IO.Reader;

/// <summary>
/// Bytes to parse. They are read in windows; values in memory are slices of a window, so a window is never
/// written again once a value was taken from it.
/// </summary>
internal sealed class DicomInput
{
    private const int WindowSize = 16 * 1024;

    private readonly Stream? _stream;
    private readonly string? _path;
    private readonly DicomReadLimits _limits;
    private byte[] _window;
    private int _start;
    private int _end;
    private long _windowPosition;

    /// <summary>Bytes in memory.</summary>
    public DicomInput(ArraySegment<byte> bytes, string name, DicomReadLimits limits)
    {
        Name = name;
        _limits = limits;
        _window = bytes.Array ?? [];
        _start = bytes.Offset;
        _end = bytes.Offset + bytes.Count;
        _windowPosition = -bytes.Offset;
        Length = bytes.Count;
    }

    /// <summary>A stream from where it stands; <paramref name="path"/> names the file that it reads, if any.</summary>
    public DicomInput(Stream stream, string? path, string name, DicomReadLimits limits)
    {
        _stream = stream;
        _path = path;
        Name = name;
        _limits = limits;
        _window = [];
        IsSeekable = stream.CanSeek;
        if (IsSeekable)
        {
            _windowPosition = stream.Position;
            Length = stream.Length;
        }
    }

    /// <summary>What error messages call it.</summary>
    public string Name { get; }

    /// <summary>Where all ends, where that is known beforehand; otherwise <see cref="long.MaxValue"/>.</summary>
    public long Length { get; } = long.MaxValue;

    /// <summary>Position of the next byte.</summary>
    public long Position => _windowPosition + _start;

    private bool IsSeekable { get; }

    /// <summary>The next bytes without taking them; fewer than asked for only at the end.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (_end - _start < count)
            Fill(count);
        return _window.AsSpan(_start, Math.Min(count, _end - _start));
    }

    /// <summary>Passes over bytes that were peeked at.</summary>
    public void Advance(int count) => _start += count;

    public uint TakeUInt32()
    {
        uint value = BinaryPrimitives.ReadUInt32LittleEndian(Require(4, "a length"));
        Advance(4);
        return value;
    }

    /// <summary>The next bytes, which must be there.</summary>
    public ReadOnlySpan<byte> Require(int count, string what)
    {
        ReadOnlySpan<byte> bytes = Peek(count);
        return bytes.Length == count ? bytes : throw Fault($"the data ends inside {what}");
    }

    /// <summary>A value in memory.</summary>
    public IByteBuffer TakeValue(long length)
    {
        if (length == 0)
            return EmptyBuffer.Value;
        if (length > _limits.MaximumValueInMemory)
            throw Fault($"a value of {length} bytes is larger than the limit for values in memory");
        int count = (int)length;
        if (_end - _start >= count || count <= WindowSize / 2)
        {
            if (Peek(count).Length < count)
                throw Truncated(length);
            MemoryByteBuffer slice = new(_window, _start, count);
            _start += count;
            return slice;
        }

        return new MemoryByteBuffer(Length == long.MaxValue ? ReadGrowing(count) : ReadExactly(count));
    }

    /// <summary>A value that stays where it is, if the source allows that; otherwise in memory.</summary>
    public IByteBuffer TakeValueOnDemand(long length)
    {
        if (!IsSeekable)
            return TakeValue(length);
        long position = Position;
        Skip(length);
        return _path is not null ? new FileByteBuffer(_path, position, length) : new StreamByteBuffer(_stream!, position, length);
    }

    /// <summary>Passes over a value.</summary>
    public void Skip(long length)
    {
        long buffered = Math.Min(length, _end - _start);
        _start += (int)buffered;
        length -= buffered;
        if (length == 0)
            return;
        if (Length != long.MaxValue && Position + length > Length)
            throw Truncated(length);
        if (IsSeekable)
        {
            long target = Position + length;
            _stream!.Position = target;
            _windowPosition = target;
            _start = _end = 0;
            _window = [];
            return;
        }

        while (length > 0)
        {
            int got = Peek((int)Math.Min(length, WindowSize)).Length;
            if (got == 0)
                throw Truncated(length);
            got = (int)Math.Min(got, length);
            _start += got;
            length -= got;
        }
    }

    public DicomFileException Fault(string reason) => new($"{Name}: byte {Position}: {reason}.");

    /// <summary>The rest as a stream.</summary>
    public Stream Rest()
    {
        if (_stream is null)
            return new MemoryStream(_window, _start, _end - _start, writable: false);
        return new RestStream(_window.AsMemory(_start, _end - _start), _stream);
    }

    private DicomFileException Truncated(long wanted) =>
        Fault($"a value of {wanted} bytes is announced, but the data ends before");

    private void Fill(int count)
    {
        if (_stream is null)
            return;
        int have = _end - _start;
        int size = Math.Max(WindowSize, count);
        if (Length != long.MaxValue && Length - Position < size)
            size = Math.Max(have, (int)(Length - Position));
        byte[] window = GC.AllocateUninitializedArray<byte>(size);
        _window.AsSpan(_start, have).CopyTo(window);
        _windowPosition += _start;
        _start = 0;
        _end = have;
        _window = window;
        while (_end < _window.Length)
        {
            int read = _stream.Read(_window, _end, _window.Length - _end);
            if (read == 0)
                break;
            _end += read;
            if (_end >= count && !IsSeekable)
                break;
        }
    }

    private byte[] ReadExactly(int count)
    {
        if (Position + count > Length)
            throw Truncated(count);
        byte[] value = new byte[count];
        int done = TakeBuffered(value);
        while (done < count)
        {
            int read = _stream is null ? 0 : _stream.Read(value, done, count - done);
            if (read == 0)
                throw Truncated(count);
            done += read;
            _windowPosition += read;
        }

        return value;
    }

    // The length is only announced, so memory grows with what arrives.
    private byte[] ReadGrowing(int count)
    {
        byte[] value = new byte[Math.Min(count, 1 << 20)];
        int done = TakeBuffered(value);
        while (done < count)
        {
            if (done == value.Length)
                Array.Resize(ref value, (int)Math.Min(count, 2L * value.Length));
            int read = _stream!.Read(value, done, value.Length - done);
            if (read == 0)
                throw Truncated(count);
            done += read;
            _windowPosition += read;
        }

        return value;
    }

    private int TakeBuffered(byte[] value)
    {
        int have = Math.Min(_end - _start, value.Length);
        _window.AsSpan(_start, have).CopyTo(value);
        _start += have;
        if (_start == _end)
        {
            _windowPosition += _start;
            _start = _end = 0;
            _window = [];
        }

        return have;
    }
}
