using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace DicomRn.Node.Receiving.Log;

/// <summary>CRC-32C (Castagnoli, RFC 3720 12.1), which processors compute themselves.</summary>
internal static class Crc32C
{
    /// <summary>The value before the first byte, for <see cref="Append"/>.</summary>
    public const uint Start = uint.MaxValue;

    // In words of eight bytes.
    private const int Lane = 512;

    private static readonly uint[] LaneOfZeros = BuildLaneOfZeros();

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Append(Start, bytes);

    /// <summary>Takes further bytes in; the checksum is the complement of what comes out last.</summary>
    public static uint Append(uint state, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        ReadOnlySpan<byte> last = bytes[(words.Length * sizeof(ulong))..];
        while (words.Length >= 3 * Lane)
        {
            state = AppendThreeLanes(state, words);
            words = words[(3 * Lane)..];
        }

        foreach (ulong word in words)
            state = BitOperations.Crc32C(state, LittleEndian(word));
        foreach (byte one in last)
            state = BitOperations.Crc32C(state, one);
        return state;
    }

    // The instruction takes three cycles, and one can begin in each: so three are under way at a time. The sums are put together by
    // what zeros in the place of the following bytes would have made of them, for the sum is linear.
    private static uint AppendThreeLanes(uint state, ReadOnlySpan<ulong> words)
    {
        ReadOnlySpan<ulong> first = words[..Lane];
        ReadOnlySpan<ulong> second = words.Slice(Lane, Lane);
        ReadOnlySpan<ulong> third = words.Slice(2 * Lane, Lane);
        uint a = state, b = 0, c = 0;
        for (int i = 0; i < first.Length && i < second.Length && i < third.Length; i++)
        {
            a = BitOperations.Crc32C(a, LittleEndian(first[i]));
            b = BitOperations.Crc32C(b, LittleEndian(second[i]));
            c = BitOperations.Crc32C(c, LittleEndian(third[i]));
        }

        return PastLane(PastLane(a) ^ b) ^ c;
    }

    private static uint PastLane(uint state) =>
        LaneOfZeros[state & 0xFF] ^ LaneOfZeros[256 + ((state >> 8) & 0xFF)]
        ^ LaneOfZeros[512 + ((state >> 16) & 0xFF)] ^ LaneOfZeros[768 + (state >> 24)];

    /// <summary>What a lane of zeros makes of each value of each byte of the state.</summary>
    private static uint[] BuildLaneOfZeros()
    {
        uint[] table = new uint[4 * 256];
        for (int bit = 0; bit < 32; bit++)
        {
            uint state = 1u << bit;
            for (int i = 0; i < Lane; i++)
                state = BitOperations.Crc32C(state, 0UL);
            int row = bit / 8 * 256, own = 1 << (bit % 8);
            for (int value = own; value < 256; value++)
                if ((value & own) != 0)
                    table[row + value] ^= state;
        }

        return table;
    }

    private static ulong LittleEndian(ulong word) => BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
}
