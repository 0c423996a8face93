using System.Buffers.Binary;

namespace DicomRn.Fuzzing.Mutations;

/// <summary>
/// Finds element headers of explicit VR and changes VR, length or tag, deletes or repeats the element, or opens sequences of undefined
/// length before it.
/// </summary>
internal sealed class ElementMutation : IMutation
{
    private const string Vrs = "AEASATCSDADSDTFDFLISLOLTOBODOFOLOVOWPNSHSLSQSSSTSVTMUCUIULUNURUSUTUV";
    private static readonly byte[] SequenceItem = [0x08, 0x00, 0x40, 0x11, (byte)'S', (byte)'Q', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF];
    private static readonly uint[] Lengths = [0, 1, 2, 3, 0xFFFF, 0xFFFE, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF];
    private static readonly uint[] Tags =
    [
        0x00020000, 0x00020010, 0x00080005, 0x00080018, 0x00280002, 0x00280008, 0x00280010, 0x00280011, 0x00280100, 0x00280101,
        0x00280103, 0x00091010, 0x00090010, 0x7FE00001, 0x7FE00008, 0x7FE00010, 0xFFFCFFFC, 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD,
    ];

    public byte[] Apply(byte[] input, Random random)
    {
        int at = Find(input, random);
        if (at < 0)
            return input;
        bool isLong = HasLongLength(input, at);
        int header = isLong ? 12 : 8;
        if (at + header > input.Length)
            return input;
        uint length = isLong
            ? BinaryPrimitives.ReadUInt32LittleEndian(input.AsSpan(at + 8))
            : BinaryPrimitives.ReadUInt16LittleEndian(input.AsSpan(at + 6));
        int end = (int)Math.Min((uint)input.Length, (long)at + header + (length == uint.MaxValue ? 0 : length));
        byte[] changed = (byte[])input.Clone();
        switch (random.Next(6))
        {
            case 0:
                int vr = 2 * random.Next(Vrs.Length / 2);
                (changed[at + 4], changed[at + 5]) = ((byte)Vrs[vr], (byte)Vrs[vr + 1]);
                return changed;
            case 1:
                uint other = random.Next(2) == 0 ? Lengths[random.Next(Lengths.Length)] : length + (uint)random.Next(-9, 10);
                if (isLong)
                    BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(at + 8), other);
                else
                    BinaryPrimitives.WriteUInt16LittleEndian(changed.AsSpan(at + 6), (ushort)other);
                return changed;
            case 2:
                uint tag = Tags[random.Next(Tags.Length)];
                BinaryPrimitives.WriteUInt16LittleEndian(changed.AsSpan(at), (ushort)(tag >> 16));
                BinaryPrimitives.WriteUInt16LittleEndian(changed.AsSpan(at + 2), (ushort)tag);
                return changed;
            case 3:
                return [.. input.AsSpan(0, at), .. input.AsSpan(end)];
            case 4:
                return [.. input.AsSpan(0, end), .. input.AsSpan(at)];
            default:
                int depth = random.Next(1, random.Next(10) == 0 ? 200 : 4);
                return [.. input.AsSpan(0, at), .. Enumerable.Repeat(SequenceItem, depth).SelectMany(s => s), .. input.AsSpan(at)];
        }
    }

    /// <summary>A header at random: the first VR behind a random byte.</summary>
    private static int Find(byte[] input, Random random)
    {
        if (input.Length < 8)
            return -1;
        int start = random.Next(input.Length - 7);
        for (int n = 0; n < input.Length - 7; n++)
        {
            int at = (start + n) % (input.Length - 7);
            if (char.IsAsciiLetterUpper((char)input[at + 4]) && IsVr(input[at + 4], input[at + 5]))
                return at;
        }

        return -1;
    }

    private static bool IsVr(byte first, byte second)
    {
        for (int i = 0; i < Vrs.Length; i += 2)
        {
            if (Vrs[i] == first && Vrs[i + 1] == second)
                return true;
        }

        return false;
    }

    private static bool HasLongLength(byte[] input, int at) =>
        (char)input[at + 4] == 'O' || ((char)input[at + 4], (char)input[at + 5]) is ('S', 'Q' or 'V') or ('U', 'C' or 'N' or 'R' or 'T' or 'V');
}
