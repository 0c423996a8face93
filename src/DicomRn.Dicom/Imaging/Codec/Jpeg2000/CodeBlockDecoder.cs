namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>
/// Decodes code-blocks of Part 1 (T.800 Annex D): bit-plane after bit-plane in up to three passes each. One object serves many
/// code-blocks, one after another.
/// </summary>
internal sealed partial class CodeBlockDecoder
{
    /// <summary>The deepest magnitudes that, with half a bit-plane below, keep within 32 bits.</summary>
    public const int MaximumBitPlanes = 30;

    private readonly int[] _values = new int[4096];
    private readonly uint[] _states = new uint[4096];
    private readonly byte[] _contexts = new byte[CodingContexts.Count];
    private byte[] _codeword = new byte[4096];
    private int _codewordLength;
    private int _width;
    private int _height;
    private int _stride;
    private SubbandKind _kind;
    private bool _isCausal;
    private MqDecoder _mq;
    private RawBits _raw;

    /// <summary>
    /// The values of a code-block's samples, row by row: twice the coefficient, and in the middle of the interval where
    /// bit-planes are missing (so an odd number once all are there).
    /// </summary>
    /// <param name="data">The codestream.</param>
    /// <param name="block">The code-block.</param>
    /// <param name="band">Its subband.</param>
    /// <param name="parts">The bytes that packets had for it.</param>
    /// <param name="style">How it is coded.</param>
    public ReadOnlySpan<int> Decode(
        ReadOnlySpan<byte> data, in CodeBlock block, Subband band, CodeBlockParts parts, CodeBlockStyle style)
    {
        int bitPlanes = band.BitPlanes - block.ZeroBitPlanes;
        Begin(block.Area, band.Kind, (style & CodeBlockStyle.VerticallyCausal) != 0);
        for (int number = block.FirstPart; number != 0;)
        {
            int pass = parts[number].FirstPass;
            number = TakeSegment(data, parts, number, out int endPass);
            bool isRaw = CodewordSegments.IsRaw(pass, style);
            if (isRaw)
                _raw = default;
            else
                _mq = MqDecoder.Start(_codeword);
            for (; pass < endPass; pass++)
            {
                DecodePass(pass, bitPlanes, isRaw, (style & CodeBlockStyle.SegmentationSymbols) != 0);
                if ((style & CodeBlockStyle.ResetContexts) != 0)
                    CodingContexts.Reset(_contexts);
            }
        }

        return _values.AsSpan(0, _width * _height);
    }

    private void Begin(SampleArea area, SubbandKind kind, bool isCausal)
    {
        _width = area.Width;
        _height = area.Height;
        _stride = _width + 2;
        _kind = kind;
        _isCausal = isCausal;
        _values.AsSpan(0, _width * _height).Clear();
        _states.AsSpan(0, _stride * ((_height + 3) / 4 + 2)).Clear();
        CodingContexts.Reset(_contexts);
    }

    /// <summary>Joins the parts of one codeword segment and returns the number of the first part of the next.</summary>
    private int TakeSegment(ReadOnlySpan<byte> data, CodeBlockParts parts, int number, out int endPass)
    {
        _codewordLength = 0;
        do
        {
            ref CodeBlockPart part = ref parts[number];
            int needed = _codewordLength + part.Length + MqDecoder.Terminator.Length;
            if (needed > _codeword.Length)
                Array.Resize(ref _codeword, Math.Max(needed, 2 * _codeword.Length));
            data.Slice(part.Offset, part.Length).CopyTo(_codeword.AsSpan(_codewordLength));
            _codewordLength += part.Length;
            endPass = part.FirstPass + part.Passes;
            number = part.Next;
        }
        while (number != 0 && !parts[number].BeginsSegment);

        MqDecoder.Terminator.CopyTo(_codeword.AsSpan(_codewordLength));
        return number;
    }

    private void DecodePass(int pass, int bitPlanes, bool isRaw, bool hasSegmentationSymbols)
    {
        int plane = bitPlanes - 1 - (pass + 2) / 3;
        switch ((pass + 2) % 3)
        {
            case 0 when isRaw:
                PropagateSignificanceRaw(plane);
                break;
            case 0:
                PropagateSignificance(plane);
                break;
            case 1 when isRaw:
                RefineMagnitudesRaw(plane);
                break;
            case 1:
                RefineMagnitudes(plane);
                break;
            default:
                CleanUp(plane);
                if (hasSegmentationSymbols)
                    RequireSegmentationSymbol();
                break;
        }
    }

    /// <summary>The symbol 1010 at the end of each bit-plane (T.800 D.5).</summary>
    private void RequireSegmentationSymbol()
    {
        int symbol = 0;
        for (int i = 0; i < 4; i++)
            symbol = symbol << 1 | MqDecoder.Decode(ref _mq, ref _contexts[CodingContexts.Uniform], _codeword);
        if (symbol != 0b1010)
            throw new DicomCodecException("A JPEG 2000 code-block is damaged: the segmentation symbol is not where it must be.");
    }
}
