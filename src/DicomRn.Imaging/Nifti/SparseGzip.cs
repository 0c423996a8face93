using System.Buffers.Binary;
using System.IO.Compression;

namespace DicomRn.Imaging.Nifti;

/// <summary>
/// Writes one gzip member (RFC 1952) of data that is mostly zeros, as masks are: the deflate blocks of stretches of zeros are made once and
/// written again, so that time goes with what is not zero. Each stretch ends on a byte (an empty stored block) and refers to nothing before it.
/// </summary>
internal sealed class SparseGzip(Stream output)
{
    private const int Unit = 1 << 14, LongUnits = 64, LongestRun = 1 << 20;
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[][] Tables = MakeTables();
    private static readonly byte[] ZeroUnit = Deflate(new byte[Unit], CompressionLevel.SmallestSize);
    private static readonly byte[] LongZeros = Deflate(new byte[Unit * LongUnits], CompressionLevel.SmallestSize);

    // What Unit zeros do to a checksum is a multiplication in its field, here by what they make of 1.
    private static readonly uint UnitOfZeros = Add(1u << 31, new byte[Unit]);

    private uint _checksum = uint.MaxValue;
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
        WriteOther(new byte[count % Unit]);
    }

    /// <summary>Ends the member.</summary>
    public void Finish()
    {
        Begin();

        // The last block: empty, with fixed codes.
        output.Write([0x03, 0x00]);
        Span<byte> trailer = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, ~_checksum);
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
        for (long n = 0; n < units; n++)
            _checksum = Multiply(_checksum, UnitOfZeros);
        for (; units >= LongUnits; units -= LongUnits)
            output.Write(LongZeros);
        for (; units > 0; units--)
            output.Write(ZeroUnit);
    }

    private void WriteOther(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
            return;
        _checksum = Add(_checksum, data);
        output.Write(Deflate(data, CompressionLevel.Fastest));
    }

    private static byte[] Deflate(ReadOnlySpan<byte> data, CompressionLevel level)
    {
        using MemoryStream blocks = new();
        using DeflateStream deflate = new(blocks, level, leaveOpen: true);
        deflate.Write(data);
        deflate.Flush();
        return blocks.ToArray();
    }

    private static uint Add(uint checksum, ReadOnlySpan<byte> data)
    {
        uint[] t0 = Tables[0], t1 = Tables[1], t2 = Tables[2], t3 = Tables[3], t4 = Tables[4], t5 = Tables[5], t6 = Tables[6], t7 = Tables[7];
        for (; data.Length >= 8; data = data[8..])
        {
            uint a = BinaryPrimitives.ReadUInt32LittleEndian(data) ^ checksum, b = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            checksum = t7[a & 0xFF] ^ t6[(a >> 8) & 0xFF] ^ t5[(a >> 16) & 0xFF] ^ t4[a >> 24]
                ^ t3[b & 0xFF] ^ t2[(b >> 8) & 0xFF] ^ t1[(b >> 16) & 0xFF] ^ t0[b >> 24];
        }

        foreach (byte value in data)
            checksum = t0[(checksum ^ value) & 0xFF] ^ (checksum >> 8);
        return checksum;
    }

    // Table n: what a byte does to the checksum n bytes later.
    private static uint[][] MakeTables()
    {
        uint[][] tables = [.. Enumerable.Range(0, 8).Select(_ => new uint[256])];
        for (uint value = 0; value < 256; value++)
        {
            uint c = value;
            for (int bit = 0; bit < 8; bit++)
                c = (c & 1) != 0 ? (c >> 1) ^ Polynomial : c >> 1;
            tables[0][value] = c;
        }

        for (int n = 1; n < tables.Length; n++)
            for (int value = 0; value < 256; value++)
                tables[n][value] = tables[0][tables[n - 1][value] & 0xFF] ^ (tables[n - 1][value] >> 8);
        return tables;
    }

    // Product of polynomials over GF(2) modulo that of CRC-32, the highest bit being the constant term.
    private static uint Multiply(uint a, uint b)
    {
        uint product = 0;
        for (uint term = 1u << 31; term != 0 && a != 0; term >>= 1)
        {
            if ((a & term) != 0)
            {
                product ^= b;
                a ^= term;
            }

            b = (b & 1) != 0 ? (b >> 1) ^ Polynomial : b >> 1;
        }

        return product;
    }
}
