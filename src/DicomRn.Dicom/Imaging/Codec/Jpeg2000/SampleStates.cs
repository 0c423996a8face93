using System.Runtime.CompilerServices;

namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>
/// What the coding passes know of a code-block's samples. A word has the state of four samples, one above another in a
/// stripe: the significance of them and of all their neighbours (18 bits, row by row of three, from the one above to the one
/// below), the signs of the column's six (6 bits), which of the four have been refined (4) and which the first pass of this
/// bit-plane has visited (4). A border of words spares the passes the edges.
/// </summary>
internal static class SampleStates
{
    public const uint AllSignificance = (1u << 18) - 1;
    public const uint Self = 1u << 4;
    public const uint AllSelf = Self | Self << 3 | Self << 6 | Self << 9;
    public const uint Neighbours = 0x1EF;
    public const uint Refined = 1u << 24;
    public const uint Visited = 1u << 28;
    public const uint AllVisited = 0xFu << 28;

    private const int FirstSign = 18;

    /// <summary>The index into <see cref="CodingContexts.OfSigns"/> of row <paramref name="row"/> of a word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SignIndex(uint word, uint left, uint right, int row)
    {
        uint significance = (word >> (3 * row)) & 0xAA;
        uint signs = ((word >> (FirstSign + row)) & 1)
            | ((left >> (FirstSign + 1 + row)) & 1) << 2
            | ((right >> (FirstSign + 1 + row)) & 1) << 4
            | ((word >> (FirstSign + 2 + row)) & 1) << 6;
        return (int)(significance | signs);
    }

    /// <summary>
    /// Tells the words around that a sample has become significant, and returns the bits that its own word gets.
    /// </summary>
    /// <param name="states">All words.</param>
    /// <param name="at">The sample's word.</param>
    /// <param name="stride">Words of a stripe.</param>
    /// <param name="row">The sample's row in the stripe.</param>
    /// <param name="sign">1 where it is negative.</param>
    /// <param name="causal">Whether the stripe above must not know (vertically causal contexts, T.800 D.7).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint MakeSignificant(Span<uint> states, int at, int stride, int row, uint sign, bool causal)
    {
        states[at - 1] |= 1u << (3 * row + 5);
        states[at + 1] |= 1u << (3 * row + 3);
        if (row == 0 && !causal)
        {
            Span<uint> above = states.Slice(at - stride - 1, 3);
            above[0] |= 1u << 17;
            above[1] |= 1u << 16 | sign << (FirstSign + 5);
            above[2] |= 1u << 15;
        }
        else if (row == 3)
        {
            Span<uint> below = states.Slice(at + stride - 1, 3);
            below[0] |= 1u << 2;
            below[1] |= 1u << 1 | sign << FirstSign;
            below[2] |= 1u;
        }

        return 1u << (3 * row + 4) | sign << (FirstSign + 1 + row);
    }
}
