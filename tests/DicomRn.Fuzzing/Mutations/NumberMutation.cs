using System.Buffers.Binary;

namespace DicomRn.Fuzzing.Mutations;

/// <summary>Sets numbers of two or four bytes, of either byte order, to values at which arithmetic tends to go wrong.</summary>
internal sealed class NumberMutation : IMutation
{
    private static readonly uint[] Telling =
    [
        0, 1, 2, 3, 4, 7, 8, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF, 0x10000, 0x00FFFFFF,
        0x7FFFFFF0, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF8, 0xFFFFFFFC, 0xFFFFFFFE, 0xFFFFFFFF,
    ];

    public byte[] Apply(byte[] input, Random random)
    {
        if (input.Length < 4)
            return input;
        byte[] changed = (byte[])input.Clone();
        Span<byte> at = changed.AsSpan(random.Next(changed.Length - 3));
        bool isBig = random.Next(2) == 0, isLong = random.Next(2) == 0;
        uint old = (isBig, isLong) switch
        {
            (true, true) => BinaryPrimitives.ReadUInt32BigEndian(at),
            (true, false) => BinaryPrimitives.ReadUInt16BigEndian(at),
            (false, true) => BinaryPrimitives.ReadUInt32LittleEndian(at),
            _ => BinaryPrimitives.ReadUInt16LittleEndian(at),
        };
        uint value = random.Next(3) switch
        {
            0 => old + (uint)random.Next(-16, 17),
            1 => (uint)input.Length + (uint)random.Next(-16, 17),
            _ => Telling[random.Next(Telling.Length)],
        };
        if (isBig && isLong)
            BinaryPrimitives.WriteUInt32BigEndian(at, value);
        else if (isBig)
            BinaryPrimitives.WriteUInt16BigEndian(at, (ushort)value);
        else if (isLong)
            BinaryPrimitives.WriteUInt32LittleEndian(at, value);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)value);
        return changed;
    }
}
