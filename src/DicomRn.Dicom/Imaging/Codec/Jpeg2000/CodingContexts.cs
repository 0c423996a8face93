namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>The contexts of the coding passes (T.800 D.3, Tables D.1 to D.4, D.7).</summary>
internal static class CodingContexts
{
    public const int Count = 19;
    public const int FirstRefinement = 14;
    public const int RunLength = 17;
    public const int Uniform = 18;

    private const int FirstSign = 9;

    /// <summary>
    /// For each kind of subband 512 contexts of significance, by the significance of the 3 × 3 samples around, row by row
    /// from bit 0 on; the sample's own bit, 4, does not matter.
    /// </summary>
    private static readonly byte[] Significance = MakeSignificance();

    /// <summary>
    /// By significance of the neighbours above (bit 1), left (3), right (5), below (7) and by their signs, each one bit
    /// lower: the sign's context, with bit 7 set where the decoded bit is to be inverted.
    /// </summary>
    private static readonly byte[] Signs = MakeSigns();

    public static ReadOnlySpan<byte> OfSignificance(SubbandKind kind) => Significance.AsSpan((int)kind << 9, 512);

    public static ReadOnlySpan<byte> OfSigns => Signs;

    /// <summary>The states that the contexts begin with, as <see cref="MqDecoder"/> has them.</summary>
    public static void Reset(Span<byte> contexts)
    {
        contexts.Clear();
        contexts[0] = 4 << 1;
        contexts[RunLength] = 3 << 1;
        contexts[Uniform] = 46 << 1;
    }

    private static byte[] MakeSignificance()
    {
        byte[] table = new byte[4 * 512];
        for (int i = 0; i < table.Length; i++)
        {
            int horizontal = Bit(i, 3) + Bit(i, 5), vertical = Bit(i, 1) + Bit(i, 7);
            int diagonal = Bit(i, 0) + Bit(i, 2) + Bit(i, 6) + Bit(i, 8);
            table[i] = (byte)((SubbandKind)(i >> 9) switch
            {
                SubbandKind.HighLow => OfLowHigh(vertical, horizontal, diagonal),
                SubbandKind.HighHigh => OfHighHigh(horizontal + vertical, diagonal),
                _ => OfLowHigh(horizontal, vertical, diagonal),
            });
        }

        return table;
    }

    private static int OfLowHigh(int horizontal, int vertical, int diagonal) => (horizontal, vertical, diagonal) switch
    {
        (2, _, _) => 8,
        (1, >= 1, _) => 7,
        (1, 0, >= 1) => 6,
        (1, 0, 0) => 5,
        (0, 2, _) => 4,
        (0, 1, _) => 3,
        (0, 0, >= 2) => 2,
        (0, 0, 1) => 1,
        _ => 0,
    };

    private static int OfHighHigh(int sides, int diagonal) => (sides, diagonal) switch
    {
        (_, >= 3) => 8,
        ( >= 1, 2) => 7,
        (0, 2) => 6,
        ( >= 2, 1) => 5,
        (1, 1) => 4,
        (0, 1) => 3,
        ( >= 2, 0) => 2,
        (1, 0) => 1,
        _ => 0,
    };

    private static byte[] MakeSigns()
    {
        byte[] table = new byte[256];
        for (int i = 0; i < table.Length; i++)
        {
            int horizontal = Math.Clamp(Contribution(i, 3) + Contribution(i, 5), -1, 1);
            int vertical = Math.Clamp(Contribution(i, 1) + Contribution(i, 7), -1, 1);
            bool inverted = horizontal < 0 || (horizontal == 0 && vertical < 0);
            if (inverted)
                (horizontal, vertical) = (-horizontal, -vertical);
            int context = FirstSign + (horizontal == 0 ? vertical : 3 + vertical);
            table[i] = (byte)(context | (inverted ? 0x80 : 0));
        }

        return table;
    }

    private static int Contribution(int index, int bit) => Bit(index, bit) * (1 - 2 * Bit(index, bit - 1));

    private static int Bit(int value, int bit) => (value >> bit) & 1;
}
