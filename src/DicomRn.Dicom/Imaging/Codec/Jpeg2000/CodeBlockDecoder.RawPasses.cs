using static DicomRn.Dicom.Imaging.Codec.Jpeg2000.SampleStates;

namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <content>The coding passes that bypass arithmetic coding (T.800 D.6).</content>
internal sealed partial class CodeBlockDecoder
{
    private ReadOnlySpan<byte> RawCodeword => _codeword.AsSpan(0, _codewordLength);

    private void PropagateSignificanceRaw(int plane)
    {
        int value = 3 << plane;
        for (int y = 0; y < _height; y += 4)
        {
            int at = (y / 4 + 1) * _stride + 1;
            int rows = Math.Min(4, _height - y);
            for (int x = 0; x < _width; x++, at++)
            {
                uint word = _states[at];
                for (int row = 0; row < rows; row++)
                {
                    uint window = word >> (3 * row);
                    if ((window & Self) != 0 || (window & Neighbours) == 0)
                        continue;
                    word |= Visited << row;
                    if (_raw.ReadBit(RawCodeword) == 0)
                        continue;
                    uint sign = (uint)_raw.ReadBit(RawCodeword);
                    word |= MakeSignificant(_states, at, _stride, row, sign, _isCausal);
                    _values[(y + row) * _width + x] = sign == 0 ? value : -value;
                }

                _states[at] = word;
            }
        }
    }

    private void RefineMagnitudesRaw(int plane)
    {
        int half = 1 << plane;
        for (int y = 0; y < _height; y += 4)
        {
            int at = (y / 4 + 1) * _stride + 1;
            int rows = Math.Min(4, _height - y);
            for (int x = 0; x < _width; x++, at++)
            {
                uint word = _states[at];
                for (int row = 0; row < rows; row++)
                {
                    if ((word >> (3 * row) & Self) == 0 || (word & Visited << row) != 0)
                        continue;
                    word |= Refined << row;
                    ref int sample = ref _values[(y + row) * _width + x];
                    sample += _raw.ReadBit(RawCodeword) != 0 == sample > 0 ? half : -half;
                }

                _states[at] = word;
            }
        }
    }
}
