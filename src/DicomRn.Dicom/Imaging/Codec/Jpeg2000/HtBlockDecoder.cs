namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>
/// Decodes HT code-blocks (T.814 clause 7): a cleanup pass that has all bit-planes down to one, and up to two passes that
/// refine by one more. One object serves many code-blocks, one after another.
/// </summary>
internal sealed partial class HtBlockDecoder
{
    /// <summary>The deepest magnitudes whose codewords, with half a bit-plane below, keep within 32 bits.</summary>
    public const int MaximumBitPlanes = 29;

    private readonly int[] _values = new int[4096];
    private byte[] _cleanup = new byte[4096];
    private byte[] _refinement = new byte[4096];
    private int _width;
    private int _height;

    /// <inheritdoc cref="CodeBlockDecoder.Decode"/>
    public ReadOnlySpan<int> Decode(
        ReadOnlySpan<byte> data, in CodeBlock block, Subband band, CodeBlockParts parts, CodeBlockStyle style)
    {
        _width = block.Area.Width;
        _height = block.Area.Height;
        Span<int> values = _values.AsSpan(0, _width * _height);
        values.Clear();
        int set = LastSet(block, parts);
        if (set < 0)
            return values;

        // A set before it that has no bytes stands for a bit-plane that is not coded.
        int plane = band.BitPlanes - 1 - block.ZeroBitPlanes - set;
        if (plane < 0 || band.BitPlanes - block.ZeroBitPlanes > MaximumBitPlanes + set)
            throw new DicomCodecException($"An HT code-block begins at bit-plane {plane} of {band.BitPlanes}, which cannot be.");
        int length = Take(data, block, parts, set, isCleanup: true, ref _cleanup, out _);
        CleanUp(_cleanup.AsSpan(0, length), plane);

        length = Take(data, block, parts, set, isCleanup: false, ref _refinement, out int passes);
        if (passes == 0)
            return values;
        if (plane == 0)
            throw new DicomCodecException("An HT code-block refines its last bit-plane.");
        ReadOnlySpan<byte> refinement = _refinement.AsSpan(0, length);
        // The passes have bits of their own, and neither changes what the other looks at: in this order no marks are needed.
        if (passes > 1)
            RefineMagnitudes(refinement, plane - 1);
        PropagateSignificance(refinement, plane - 1, (style & CodeBlockStyle.VerticallyCausal) != 0);
        return values;
    }

    /// <summary>
    /// The last set of three passes whose cleanup pass has bytes, −1 for none: it alone tells all that those before it do.
    /// </summary>
    private static int LastSet(in CodeBlock block, CodeBlockParts parts)
    {
        int set = -1;
        for (int number = block.FirstPart; number != 0; number = parts[number].Next)
        {
            ref CodeBlockPart part = ref parts[number];
            if (IsCleanup(part) && part.Length > 0)
                set = LastPass(part) / 3;
        }

        return set;
    }

    /// <summary>Joins what packets had for the cleanup or for the refinement passes of a set.</summary>
    private static int Take(
        ReadOnlySpan<byte> data, in CodeBlock block, CodeBlockParts parts, int set, bool isCleanup, ref byte[] buffer, out int passes)
    {
        int length = 0;
        passes = 0;
        for (int number = block.FirstPart; number != 0; number = parts[number].Next)
        {
            ref CodeBlockPart part = ref parts[number];
            if (IsCleanup(part) != isCleanup || LastPass(part) / 3 != set)
                continue;
            if (length + part.Length > buffer.Length)
                Array.Resize(ref buffer, Math.Max(length + part.Length, 2 * buffer.Length));
            data.Slice(part.Offset, part.Length).CopyTo(buffer.AsSpan(length));
            length += part.Length;
            passes += part.Passes;
        }

        return length;
    }

    private static int LastPass(in CodeBlockPart part) => part.FirstPass + part.Passes - 1;

    private static bool IsCleanup(in CodeBlockPart part) => LastPass(part) % 3 == 0;
}
