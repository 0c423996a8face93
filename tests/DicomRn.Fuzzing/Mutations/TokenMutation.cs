namespace DicomRn.Fuzzing.Mutations;

/// <summary>Puts words of a format somewhere, over what is there or between, once or many times.</summary>
internal sealed class TokenMutation(params byte[][] tokens) : IMutation
{
    /// <summary>Words of a text format.</summary>
    public static TokenMutation OfText(params string[] tokens) => new([.. tokens.Select(System.Text.Encoding.UTF8.GetBytes)]);

    public byte[] Apply(byte[] input, Random random)
    {
        byte[] token = tokens[random.Next(tokens.Length)];
        int at = random.Next(input.Length + 1);
        int times = random.Next(20) == 0 ? random.Next(2, 300) : 1;
        int replaced = times == 1 && random.Next(2) == 0 ? Math.Min(token.Length, input.Length - at) : 0;
        IEnumerable<byte> words = Enumerable.Repeat(token, times).SelectMany(t => t);
        return [.. input.AsSpan(0, at), .. words, .. input.AsSpan(at + replaced)];
    }
}
