using System.Buffers.Binary;

namespace DicomRn.Fuzzing.Mutations;

/// <summary>Finds markers of the JPEG family and changes them, their length or their parameters, deletes or repeats their segments.</summary>
internal sealed class MarkerMutation : IMutation
{
    private static ReadOnlySpan<byte> Markers =>
    [
        0x4F, 0x51, 0x52, 0x53, 0x55, 0x57, 0x58, 0x5C, 0x5D, 0x5E, 0x5F, 0x60, 0x61, 0x63, 0x64, 0x90, 0x91, 0x92, 0x93,
        0xC0, 0xC1, 0xC2, 0xC3, 0xC4, 0xD0, 0xD7, 0xD8, 0xD9, 0xDA, 0xDB, 0xDC, 0xDD, 0xE0, 0xE8, 0xEE, 0xF7, 0xF8, 0xFE,
    ];

    public byte[] Apply(byte[] input, Random random)
    {
        int at = Find(input, random);
        if (at < 0 || at + 4 > input.Length)
            return input;
        int length = BinaryPrimitives.ReadUInt16BigEndian(input.AsSpan(at + 2));
        int end = Math.Min(input.Length, at + 2 + length);
        byte[] changed = (byte[])input.Clone();
        switch (random.Next(6))
        {
            case 0:
                changed[at + 1] = Markers[random.Next(Markers.Length)];
                return changed;
            case 1:
                BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(at + 2), (ushort)(length + random.Next(-4, 5)));
                return changed;
            case 2:
                return [.. input.AsSpan(0, at), .. input.AsSpan(end)];
            case 3:
                return [.. input.AsSpan(0, end), .. input.AsSpan(at)];
            default:
                int parameter = Math.Min(changed.Length - 1, at + 4 + random.Next(Math.Clamp(length, 1, 24)));
                changed[parameter] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)(changed[parameter] + random.Next(-2, 3));
                return changed;
        }
    }

    private static int Find(byte[] input, Random random)
    {
        if (input.Length < 4)
            return -1;
        int start = random.Next(input.Length - 3);
        for (int n = 0; n < input.Length - 3; n++)
        {
            int at = (start + n) % (input.Length - 3);
            if (input[at] == 0xFF && Markers.Contains(input[at + 1]))
                return at;
        }

        return -1;
    }
}
