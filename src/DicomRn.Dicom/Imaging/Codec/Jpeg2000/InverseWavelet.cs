namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>
/// The one-dimensional synthesis of a wavelet (T.800 F.3.6 to F.3.8). Low-pass samples are at the even coordinates, high-pass
/// ones at the odd;
/// <c>parity</c> is that of the first coordinate.
/// </summary>
internal interface IWaveletSynthesis<T>
    where T : struct
{
    /// <summary>A line, in place.</summary>
    static abstract void Synthesise(Span<T> line, int parity);

    /// <summary>
    /// As many lines side by side as <see cref="InverseWavelet.StripWidth"/> says: sample after sample of all of them.
    /// </summary>
    static abstract void SynthesiseStrip(Span<T> strip, int parity);
}

/// <summary>The inverse wavelet transform of a tile-component (IDWT, T.800 F.3.1).</summary>
internal static class InverseWavelet
{
    /// <summary>Columns that are transformed at once: a cache line of each row, and whole vectors of any processor.</summary>
    public const int StripWidth = 16;

    /// <summary>Turns the subbands, LL in the upper left corner, into samples, in place.</summary>
    /// <param name="coefficients">All of the tile-component.</param>
    /// <param name="component">Its dimensions and resolutions.</param>
    public static void Apply<T, TSynthesis>(Span<T> coefficients, TileComponent component)
        where T : struct
        where TSynthesis : IWaveletSynthesis<T>
    {
        int stride = component.Area.Width;
        T[] line = new T[component.Area.Width];
        T[] strip = new T[component.Area.Height * StripWidth];
        for (int r = 1; r < component.Resolutions.Length; r++)
        {
            SampleArea area = component.Resolutions[r].Area, low = component.Resolutions[r - 1].Area;
            if (area.IsEmpty)
                continue;
            for (int y = 0; y < area.Height; y++)
                SynthesiseRow<T, TSynthesis>(coefficients.Slice(y * stride, area.Width), line, low.Width, area.X0 & 1);
            for (int x = 0; x < area.Width; x += StripWidth)
            {
                int width = Math.Min(StripWidth, area.Width - x);
                SynthesiseColumns<T, TSynthesis>(coefficients[x..], stride, width, area.Height, strip, low.Height, area.Y0 & 1);
            }
        }
    }

    private static void SynthesiseRow<T, TSynthesis>(Span<T> row, Span<T> line, int lowCount, int parity)
        where T : struct
        where TSynthesis : IWaveletSynthesis<T>
    {
        line = line[..row.Length];
        ReadOnlySpan<T> low = row[..lowCount], high = row[lowCount..];
        for (int i = 0, at = parity; i < low.Length; i++, at += 2)
            line[at] = low[i];
        for (int i = 0, at = 1 - parity; i < high.Length; i++, at += 2)
            line[at] = high[i];
        TSynthesis.Synthesise(line, parity);
        line.CopyTo(row);
    }

    private static void SynthesiseColumns<T, TSynthesis>(
        Span<T> columns, int stride, int width, int height, Span<T> strip, int lowCount, int parity)
        where T : struct
        where TSynthesis : IWaveletSynthesis<T>
    {
        strip = strip[..(height * StripWidth)];
        for (int y = 0; y < height; y++)
        {
            int at = y < lowCount ? 2 * y + parity : 2 * (y - lowCount) + 1 - parity;
            columns.Slice(y * stride, width).CopyTo(strip[(at * StripWidth)..]);
        }

        TSynthesis.SynthesiseStrip(strip, parity);
        for (int y = 0; y < height; y++)
            strip.Slice(y * StripWidth, width).CopyTo(columns[(y * stride)..]);
    }
}
