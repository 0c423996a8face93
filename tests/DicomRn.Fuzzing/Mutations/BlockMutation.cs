namespace DicomRn.Fuzzing.Mutations;

/// <summary>Deletes, repeats, moves, fills and inserts stretches of bytes.</summary>
internal sealed class BlockMutation : IMutation
{
    public byte[] Apply(byte[] input, Random random)
    {
        int from = random.Next(input.Length + 1);
        int length = Math.Min(input.Length - from, 1 + random.Next(1 << random.Next(1, 10)));
        ReadOnlySpan<byte> before = input.AsSpan(0, from), block = input.AsSpan(from, length), behind = input.AsSpan(from + length);
        switch (random.Next(6))
        {
            case 0:
                return [.. before, .. behind];
            case 1:
                return [.. before, .. block, .. block, .. behind];
            case 2:
                int to = random.Next(behind.Length + 1);
                return [.. before, .. behind[..to], .. block, .. behind[to..]];
            case 3:
                byte[] filled = (byte[])input.Clone();
                filled.AsSpan(from, length).Fill((byte)(random.Next(3) * 0xFF / 2));
                return filled;
            case 4:
                byte[] noise = new byte[random.Next(1, 64)];
                random.NextBytes(noise);
                return [.. before, .. noise, .. block, .. behind];
            default:
                return [.. before];
        }
    }
}
