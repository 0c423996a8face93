using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace DicomRn.Imaging.Nifti;

/// <summary>
/// Writes one gzip member (RFC 1952) of data that is mostly zeros, as masks are: the deflate blocks of stretches of zeros are made once and
/// written again, so that time goes with what is not zero. Each stretch ends on a byte (an empty stored block) and refers to nothing before it,
/// so that long ones are packed side by side.
/// </summary>
internal sealed class SparseGzip(Stream output)
{
    private const int Unit = 1 << 14, LongUnits = 64, LongestRun = 1 << 20, AsideFrom = 1 << 18;

    private static readonly byte[] Zeros = new byte[Unit * LongUnits];
    private static readonly byte[] ZeroUnit = Deflate(Zeros.AsSpan(0, Unit), CompressionLevel.SmallestSize);
    private static readonly byte[] LongZeros = Deflate(Zeros, CompressionLevel.SmallestSize);

    private readonly Crc32 _checksum = new();
    private readonly Queue<Task<byte[]>> _packing = new();
    private uint _length;
    private bool _begun;

    /// <summary>Adds data; cut where it likes, but best in multiples of 1 MiB.</summary>
    public void Write(ReadOnlySpan<byte> data)
    {
        Begin();
        _length += (uint)data.Length;
        while (data.Length >= Unit)
        {
            int zeros = 0;
            while (data.Length - zeros * Unit >= Unit && !data.Slice(zeros * Unit, Unit).ContainsAnyExcept((byte)0))
                zeros++;
            WriteUnits(zeros);
            data = data[(zeros * Unit)..];
            int other = 0;
            while (other < LongestRun && data.Length - other >= Unit && data.Slice(other, Unit).ContainsAnyExcept((byte)0))
                other += Unit;
            WriteOther(data[..other]);
            data = data[other..];
        }

        WriteOther(data);
    }

    /// <summary>Adds zeros.</summary>
    public void WriteZeros(long count)
    {
        Begin();
        _length += (uint)count;
        WriteUnits(count / Unit);
        WriteOther(Zeros.AsSpan(0, (int)(count % Unit)));
    }

    /// <summary>Ends the member.</summary>
    public void Finish()
    {
        Begin();
        WritePacked(0);

        // The last block: empty, with fixed codes.
        output.Write([0x03, 0x00]);
        Span<byte> trailer = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _checksum.GetCurrentHashAsUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], _length);
        output.Write(trailer);
    }

    private void Begin()
    {
        if (_begun)
            return;
        _begun = true;

        // Deflate, no name, no time, fastest compression, unknown system.
        output.Write([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 4, 0xFF]);
    }

    private void WriteUnits(long units)
    {
        for (; units >= LongUnits; units -= LongUnits)
            Put(Zeros, LongZeros);
        for (; units > 0; units--)
            Put(Zeros.AsSpan(0, Unit), ZeroUnit);
    }

    private void WriteOther(ReadOnlySpan<byte> data)
    {
        if (data.Length < AsideFrom)
        {
            if (!data.IsEmpty)
                Put(data, Deflate(data, CompressionLevel.Fastest));
            return;
        }

        _checksum.Append(data);
        byte[] copy = data.ToArray();
        WritePacked(2 * Environment.ProcessorCount);
        _packing.Enqueue(Task.Run(() => Deflate(copy, CompressionLevel.Fastest)));
    }

    private void Put(ReadOnlySpan<byte> data, ReadOnlySpan<byte> blocks)
    {
        WritePacked(0);
        _checksum.Append(data);
        output.Write(blocks);
    }

    /// <summary>
    /// Writes what was packed aside, in its order, until no more than this is left of it. What has not begun is packed by the thread that waits:
    /// none is needed beside it.
    /// </summary>
    private void WritePacked(int left)
    {
        while (_packing.Count > left)
            output.Write(_packing.Dequeue().GetAwaiter().GetResult());
    }

    private static byte[] Deflate(ReadOnlySpan<byte> data, CompressionLevel level)
    {
        using MemoryStream blocks = new();
        using DeflateStream deflate = new(blocks, level, leaveOpen: true);
        deflate.Write(data);
        deflate.Flush();
        return blocks.ToArray();
    }
}
