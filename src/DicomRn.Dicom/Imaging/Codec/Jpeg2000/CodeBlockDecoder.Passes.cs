using System.Runtime.CompilerServices;
using static DicomRn.Dicom.Imaging.Codec.Jpeg2000.SampleStates;

namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <content>The coding passes with arithmetic coding (T.800 D.3).</content>
internal sealed partial class CodeBlockDecoder
{
    private void PropagateSignificance(int plane)
    {
        MqDecoder mq = _mq;
        Span<uint> states = _states;
        ReadOnlySpan<byte> codeword = _codeword, significance = CodingContexts.OfSignificance(_kind);
        Span<byte> contexts = _contexts;
        Span<int> values = _values;
        int value = 3 << plane;
        for (int y = 0; y < _height; y += 4)
        {
            int at = (y / 4 + 1) * _stride + 1;
            int rows = Math.Min(4, _height - y);
            for (int x = 0; x < _width; x++, at++)
            {
                uint word = states[at];
                if ((word & AllSignificance) == 0 || (word & AllSelf) == AllSelf)
                    continue;
                for (int row = 0; row < rows; row++)
                {
                    uint window = word >> (3 * row);
                    if ((window & Self) != 0 || (window & Neighbours) == 0)
                        continue;
                    word |= Visited << row;
                    if (MqDecoder.Decode(ref mq, ref contexts[significance[(int)(window & 0x1FF)]], codeword) == 0)
                        continue;
                    uint sign = DecodeSign(ref mq, contexts, codeword, SignIndex(word, states[at - 1], states[at + 1], row));
                    word |= MakeSignificant(states, at, _stride, row, sign, _isCausal);
                    values[(y + row) * _width + x] = sign == 0 ? value : -value;
                }

                states[at] = word;
            }
        }

        _mq = mq;
    }

    private void RefineMagnitudes(int plane)
    {
        MqDecoder mq = _mq;
        Span<uint> states = _states;
        ReadOnlySpan<byte> codeword = _codeword;
        Span<byte> contexts = _contexts;
        Span<int> values = _values;
        int half = 1 << plane;
        for (int y = 0; y < _height; y += 4)
        {
            int at = (y / 4 + 1) * _stride + 1;
            int rows = Math.Min(4, _height - y);
            for (int x = 0; x < _width; x++, at++)
            {
                uint word = states[at];
                if ((word & AllSelf) == 0)
                    continue;
                for (int row = 0; row < rows; row++)
                {
                    uint window = word >> (3 * row);
                    if ((window & Self) == 0 || (word & Visited << row) != 0)
                        continue;
                    int context = (word & Refined << row) != 0 ? CodingContexts.FirstRefinement + 2
                        : (window & Neighbours) != 0 ? CodingContexts.FirstRefinement + 1
                        : CodingContexts.FirstRefinement;
                    int bit = MqDecoder.Decode(ref mq, ref contexts[context], codeword);
                    word |= Refined << row;
                    ref int sample = ref values[(y + row) * _width + x];
                    sample += bit != 0 == sample > 0 ? half : -half;
                }

                states[at] = word;
            }
        }

        _mq = mq;
    }

    private void CleanUp(int plane)
    {
        MqDecoder mq = _mq;
        Span<uint> states = _states;
        ReadOnlySpan<byte> codeword = _codeword, significance = CodingContexts.OfSignificance(_kind);
        Span<byte> contexts = _contexts;
        Span<int> values = _values;
        int value = 3 << plane;
        for (int y = 0; y < _height; y += 4)
        {
            int at = (y / 4 + 1) * _stride + 1;
            int rows = Math.Min(4, _height - y);
            for (int x = 0; x < _width; x++, at++)
            {
                uint word = states[at];
                if ((word & AllSelf) == AllSelf)
                {
                    states[at] = word & ~AllVisited;
                    continue;
                }

                int row = 0;
                bool isKnownSignificant = false;
                if (rows == 4 && (word & AllSignificance) == 0)
                {
                    if (MqDecoder.Decode(ref mq, ref contexts[CodingContexts.RunLength], codeword) == 0)
                        continue;
                    row = MqDecoder.Decode(ref mq, ref contexts[CodingContexts.Uniform], codeword) << 1;
                    row |= MqDecoder.Decode(ref mq, ref contexts[CodingContexts.Uniform], codeword);
                    isKnownSignificant = true;
                }

                for (; row < rows; row++)
                {
                    uint window = word >> (3 * row);
                    if (!isKnownSignificant)
                    {
                        if ((window & Self) != 0 || (word & Visited << row) != 0)
                            continue;
                        if (MqDecoder.Decode(ref mq, ref contexts[significance[(int)(window & 0x1FF)]], codeword) == 0)
                            continue;
                    }

                    isKnownSignificant = false;
                    uint sign = DecodeSign(ref mq, contexts, codeword, SignIndex(word, states[at - 1], states[at + 1], row));
                    word |= MakeSignificant(states, at, _stride, row, sign, _isCausal);
                    values[(y + row) * _width + x] = sign == 0 ? value : -value;
                }

                states[at] = word & ~AllVisited;
            }
        }

        _mq = mq;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint DecodeSign(ref MqDecoder mq, Span<byte> contexts, ReadOnlySpan<byte> codeword, int index)
    {
        uint context = CodingContexts.OfSigns[index];
        return (uint)MqDecoder.Decode(ref mq, ref contexts[(int)(context & 0x7F)], codeword) ^ context >> 7;
    }
}
