namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <content>The passes for one more bit-plane (T.814 7.4, 7.5), in stripes of four rows.</content>
internal sealed partial class HtBlockDecoder
{
    private const int StripeHeight = 4;
    private const int GroupWidth = 4;

    /// <summary>MagRef: one more bit of each sample that the cleanup pass found significant.</summary>
    private void RefineMagnitudes(ReadOnlySpan<byte> segment, int plane)
    {
        HtBackwardBits bits = HtBackwardBits.OfRefinement(segment);
        int half = 1 << plane;
        for (int top = 0; top < _height; top += StripeHeight)
        {
            int bottom = Math.Min(top + StripeHeight, _height);
            for (int x = 0; x < _width; x++)
            {
                for (int y = top; y < bottom; y++)
                {
                    ref int value = ref _values[y * _width + x];
                    if (value != 0)
                        value += bits.Read(1) != 0 == value > 0 ? half : -half;
                }
            }
        }
    }

    /// <summary>SigProp: the samples beside significant ones; the signs come after every four columns of a stripe.</summary>
    private void PropagateSignificance(ReadOnlySpan<byte> segment, int plane, bool isCausal)
    {
        HtForwardBits bits = new(segment, beyondEnd: 0);
        int magnitude = 3 << plane;
        Span<int> found = stackalloc int[GroupWidth * StripeHeight];
        for (int top = 0; top < _height; top += StripeHeight)
        {
            int bottom = Math.Min(top + StripeHeight, _height);
            for (int left = 0; left < _width; left += GroupWidth)
            {
                int count = 0;
                int right = Math.Min(left + GroupWidth, _width);
                for (int x = left; x < right; x++)
                {
                    for (int y = top; y < bottom; y++)
                    {
                        int at = y * _width + x;
                        if (_values[at] != 0 || !HasSignificantNeighbour(x, y, isCausal ? bottom : _height) || bits.Read(1) == 0)
                            continue;
                        _values[at] = magnitude;
                        found[count++] = at;
                    }
                }

                foreach (int at in found[..count])
                {
                    if (bits.Read(1) != 0)
                        _values[at] = -magnitude;
                }
            }
        }
    }

    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    /// <param name="end">The first row that must not be looked at.</param>
    private bool HasSignificantNeighbour(int x, int y, int end)
    {
        int left = Math.Max(x - 1, 0), count = Math.Min(x + 2, _width) - left;
        for (int row = Math.Max(y - 1, 0); row < Math.Min(y + 2, end); row++)
        {
            // The sample itself is not significant.
            if (_values.AsSpan(row * _width + left, count).ContainsAnyExcept(0))
                return true;
        }

        return false;
    }
}
