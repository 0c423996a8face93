namespace DicomRn.Fuzzing.Mutations;

/// <summary>Changes single bits and bytes.</summary>
internal sealed class ByteMutation : IMutation
{
    private static ReadOnlySpan<byte> Telling => [0, 1, 0x7F, 0x80, 0xFE, 0xFF, (byte)' ', (byte)'\\'];

    public byte[] Apply(byte[] input, Random random)
    {
        if (input.Length == 0)
            return [(byte)random.Next(256)];
        byte[] changed = (byte[])input.Clone();
        int at = random.Next(changed.Length);
        changed[at] = random.Next(4) switch
        {
            0 => (byte)(changed[at] ^ (1 << random.Next(8))),
            1 => Telling[random.Next(Telling.Length)],
            2 => (byte)(changed[at] + random.Next(-3, 4)),
            _ => (byte)random.Next(256),
        };
        return changed;
    }
}
