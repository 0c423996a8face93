namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>
/// What a codeword of <see cref="HtVlcCodes"/> says of a quad of samples: upper left, lower left, upper right, lower right.
/// </summary>
internal readonly record struct HtQuad(ushort Entry)
{
    /// <summary>Bits of the codeword.</summary>
    public int Length => Entry & 7;

    /// <summary>Whether an exponent residual u follows.</summary>
    public bool HasResidual => (Entry & 8) != 0;

    /// <summary>ρ: which samples are significant.</summary>
    public uint Significance => (uint)(Entry >> 4) & 0xF;

    /// <summary>ε1: the highest bit, where εk says it is known.</summary>
    public uint KnownBits => (uint)(Entry >> 8) & 0xF;

    /// <summary>εk: of which samples the highest bit is known.</summary>
    public uint KnownSamples => (uint)Entry >> 12;
}

/// <summary>The significance codes spread over all that the next seven bits can be, for each of the eight contexts.</summary>
internal static class HtVlcTable
{
    private const int IndexBits = 7;

    /// <summary>For the first row of quads.</summary>
    public static readonly ushort[] FirstRow = Spread(HtVlcCodes.FirstRow);

    /// <summary>For the other rows.</summary>
    public static readonly ushort[] OtherRows = Spread(HtVlcCodes.OtherRows);

    private static ushort[] Spread(ReadOnlySpan<ushort> codes)
    {
        ushort[] table = new ushort[8 << IndexBits];
        // In the order of the tree: where the count of sevenths bits is full, the next context begins.
        int at = 0;
        foreach (ushort code in codes)
        {
            int count = 1 << (IndexBits - (code & 7));
            for (int i = 0; i < count; i++, at++)
                table[at & ~0x7F | Reversed(at & 0x7F)] = code;
        }

        return table;
    }

    /// <summary>The first bit read is the lowest of the index but the highest in the order of the tree.</summary>
    private static int Reversed(int value)
    {
        int reversed = 0;
        for (int bit = 0; bit < IndexBits; bit++)
            reversed |= (value >> bit & 1) << (IndexBits - 1 - bit);
        return reversed;
    }
}
