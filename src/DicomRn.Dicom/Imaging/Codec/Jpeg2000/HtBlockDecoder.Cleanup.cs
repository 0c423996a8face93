using System.Numerics;

namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <content>The cleanup pass (T.814 7.3): quads of 2 × 2 samples, two at a time, row by row.</content>
internal sealed partial class HtBlockDecoder
{
    private const int MinimumSuffixLength = 2;
    private const int MaximumSuffixLength = 4079;

    // Of the quads of the row above and of this row, with one more on either side: significance, and the exponents of lower
    // samples.
    private readonly byte[] _significanceAbove = new byte[520];
    private readonly byte[] _significance = new byte[520];
    private readonly byte[] _exponentsAbove = new byte[1040];
    private readonly byte[] _exponents = new byte[1040];

    private void CleanUp(Span<byte> segment, int plane)
    {
        // The last 12 bits say where MagSgn ends and MEL begins; VLC comes from the end (T.814 7.1.1).
        int suffix = segment.Length < MinimumSuffixLength ? 0 : segment[^1] << 4 | segment[^2] & 0x0F;
        if (suffix < MinimumSuffixLength || suffix > MaximumSuffixLength || suffix > segment.Length)
            throw new DicomCodecException("An HT code-block has a cleanup segment that cannot be divided.");
        HtBackwardBits vlc = HtBackwardBits.OfSignificance(segment[^suffix..]);
        segment[^1] = 0xFF;
        segment[^2] |= 0x0F;
        HtMelDecoder mel = new(segment[^suffix..]);
        HtForwardBits magnitudes = new(segment[..^suffix], beyondEnd: 0xFF);

        int quads = (_width + 1) / 2;
        _significance.AsSpan(0, quads + 3).Clear();
        _exponents.AsSpan(0, 2 * quads + 6).Clear();
        for (int y = 0; y < _height; y += 2)
        {
            _significance.AsSpan(0, quads + 3).CopyTo(_significanceAbove);
            _exponents.AsSpan(0, 2 * quads + 6).CopyTo(_exponentsAbove);
            for (int quad = 0; quad < quads; quad += 2)
            {
                bool isPair = quad + 1 < quads;
                HtQuad first = ReadQuad(quad, y == 0, ref mel, ref vlc);
                HtQuad second = isPair ? ReadQuad(quad + 1, y == 0, ref mel, ref vlc) : default;
                if (!isPair)
                    _significance[quad + 2] = 0;
                (int residual, int secondResidual) = ReadResiduals(first, second, y == 0, ref mel, ref vlc);
                ReadSamples(first, residual, quad, y, plane, ref magnitudes);
                if (isPair)
                    ReadSamples(second, secondResidual, quad + 1, y, plane, ref magnitudes);
            }
        }
    }

    /// <summary>The significance of a quad, in the context of its neighbours (T.814 7.3.5).</summary>
    private HtQuad ReadQuad(int quad, bool isFirstRow, ref HtMelDecoder mel, ref HtBackwardBits vlc)
    {
        int left = _significance[quad], context;
        if (isFirstRow)
        {
            context = (left | left >> 1) & 1 | left >> 1 & 6;
        }
        else
        {
            int aboveLeft = _significanceAbove[quad], above = _significanceAbove[quad + 1], aboveRight = _significanceAbove[quad + 2];
            context = (aboveLeft >> 3 | above >> 1) & 1
                | ((left >> 2 | left >> 3) & 1) << 1
                | ((above >> 3 | aboveRight >> 1) & 1) << 2;
        }

        HtQuad code = default;
        if (context != 0 || mel.Read())
        {
            ushort[] table = isFirstRow ? HtVlcTable.FirstRow : HtVlcTable.OtherRows;
            code = new HtQuad(table[context << 7 | (int)(vlc.Peek() & 0x7F)]);
            vlc.Skip(code.Length);
        }

        _significance[quad + 1] = (byte)code.Significance;
        return code;
    }

    /// <summary>The exponent residuals u of two quads (T.814 7.3.6).</summary>
    private static (int First, int Second) ReadResiduals(
        HtQuad first, HtQuad second, bool isFirstRow, ref HtMelDecoder mel, ref HtBackwardBits vlc)
    {
        bool both = first.HasResidual && second.HasResidual;
        int offset = isFirstRow && both && mel.Read() ? 2 : 0;
        int prefix = first.HasResidual ? ReadPrefix(ref vlc) : 0;
        int secondPrefix = !second.HasResidual ? 0
            : isFirstRow && both && offset == 0 && prefix > 2 ? 1 + (int)vlc.Read(1)
            : ReadPrefix(ref vlc);
        int suffix = ReadSuffix(prefix, ref vlc);
        int secondSuffix = ReadSuffix(secondPrefix, ref vlc);
        int extension = suffix >= 28 ? (int)vlc.Read(4) : 0;
        int secondExtension = secondSuffix >= 28 ? (int)vlc.Read(4) : 0;
        return (offset + prefix + suffix + 4 * extension, offset + secondPrefix + secondSuffix + 4 * secondExtension);
    }

    /// <summary>1, 01, 001 and 000 stand for 1, 2, 3 and 5.</summary>
    private static int ReadPrefix(ref HtBackwardBits vlc)
    {
        uint bits = vlc.Peek() & 7;
        int zeros = bits == 0 ? 3 : BitOperations.TrailingZeroCount(bits);
        vlc.Skip(Math.Min(zeros + 1, 3));
        return zeros == 3 ? 5 : zeros + 1;
    }

    private static int ReadSuffix(int prefix, ref HtBackwardBits vlc)
        => prefix < 3 ? 0 : (int)vlc.Read(prefix == 3 ? 1 : 5);

    /// <summary>Magnitudes and signs of a quad (T.814 7.3.7, 7.3.8).</summary>
    private void ReadSamples(HtQuad quad, int residual, int index, int y, int plane, ref HtForwardBits magnitudes)
    {
        uint significance = quad.Significance;
        Span<byte> exponents = _exponents.AsSpan(2 * index + 1, 2);
        exponents.Clear();
        if (significance == 0)
            return;

        int bound = 1;
        if (y > 0 && (significance & (significance - 1)) != 0)
        {
            ReadOnlySpan<byte> above = _exponentsAbove.AsSpan(2 * index, 4);
            bound = Math.Max(1, Math.Max(Math.Max(above[0], above[1]), Math.Max(above[2], above[3])) - 1);
        }

        bound += residual;
        if (bound + plane > MaximumBitPlanes + 1)
            throw new DicomCodecException("An HT code-block has magnitudes beyond its bit-planes.");
        for (int n = 0; n < 4; n++)
        {
            if ((significance >> n & 1) == 0)
                continue;
            int bits = bound - (int)(quad.KnownSamples >> n & 1);
            uint code = magnitudes.Read(bits) | (quad.KnownBits >> n & 1) << bits;
            // The lowest bit is the sign; without it the code is twice the magnitude less one.
            uint odd = code | 1;
            if ((n & 1) != 0)
                exponents[n >> 1] = (byte)(32 - BitOperations.LeadingZeroCount(odd));
            int column = 2 * index + (n >> 1), row = y + (n & 1);
            if (column >= _width || row >= _height)
                continue;
            int value = (int)(odd + 2) << plane;
            _values[row * _width + column] = (code & 1) == 0 ? value : -value;
        }
    }
}
