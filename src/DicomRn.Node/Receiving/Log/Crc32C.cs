using System.Numerics;
using System.Runtime.InteropServices;

namespace DicomRn.Node.Receiving.Log;

/// <summary>CRC-32C (Castagnoli, RFC 3720 12.1), which processors compute themselves.</summary>
internal static class Crc32C
{
    /// <summary>The value before the first byte, for <see cref="Append"/>.</summary>
    public const uint Start = uint.MaxValue;

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Append(Start, bytes);

    /// <summary>Takes further bytes in; the checksum is the complement of what comes out last.</summary>
    public static uint Append(uint state, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
            state = BitOperations.Crc32C(state, BitConverter.IsLittleEndian ? word : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word));
        foreach (byte last in bytes[(words.Length * sizeof(ulong))..])
            state = BitOperations.Crc32C(state, last);
        return state;
    }
}
