namespace DicomRn.Fuzzing.Mutations;

/// <summary>Makes new inputs of old ones: a few changes in a row, those of the format as often as those of plain bytes.</summary>
internal sealed class InputMutator(Random random, IReadOnlyList<IMutation> ofFormat, int longest)
{
    private static readonly IMutation[] OfBytes = [new ByteMutation(), new NumberMutation(), new BlockMutation()];

    public byte[] Mutate(IReadOnlyList<byte[]> corpus)
    {
        byte[] input = Pick(corpus);
        for (int changes = 1 << random.Next(5); changes > 0; changes--)
        {
            input = random.Next(10) switch
            {
                0 => Splice(input, Pick(corpus)),
                <= 5 when ofFormat.Count > 0 => ofFormat[random.Next(ofFormat.Count)].Apply(input, random),
                _ => OfBytes[random.Next(OfBytes.Length)].Apply(input, random),
            };
        }

        return input.Length <= longest ? input : input[..longest];
    }

    /// <summary>Half of the time one of those found last.</summary>
    private byte[] Pick(IReadOnlyList<byte[]> corpus)
    {
        int newest = Math.Min(20, corpus.Count);
        return corpus[random.Next(2) == 0 ? corpus.Count - 1 - random.Next(newest) : random.Next(corpus.Count)];
    }

    private byte[] Splice(byte[] first, byte[] second) =>
        [.. first.AsSpan(0, random.Next(first.Length + 1)), .. second.AsSpan(random.Next(second.Length + 1))];
}
