using System.Numerics;
using System.Runtime.InteropServices;

namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>The reversible 5/3 filter (T.800 F.3.8.2).</summary>
internal readonly struct ReversibleSynthesis : IWaveletSynthesis<int>
{
    public static void Synthesise(Span<int> line, int parity)
    {
        int last = line.Length - 1;
        if (last == 0)
        {
            if (parity == 1)
                line[0] >>= 1;
            return;
        }

        for (int i = parity; i <= last; i += 2)
            line[i] -= (line[Before(i)] + line[After(i, last)] + 2) >> 2;
        for (int i = 1 - parity; i <= last; i += 2)
            line[i] += (line[Before(i)] + line[After(i, last)]) >> 1;
    }

    public static void SynthesiseStrip(Span<int> strip, int parity)
    {
        int last = strip.Length / InverseWavelet.StripWidth - 1;
        if (last == 0)
        {
            for (int i = 0; parity == 1 && i < strip.Length; i++)
                strip[i] >>= 1;
            return;
        }

        for (int i = parity; i <= last; i += 2)
        {
            Span<Vector<int>> row = Row(strip, i), before = Row(strip, Before(i)), after = Row(strip, After(i, last));
            for (int v = 0; v < row.Length; v++)
                row[v] -= (before[v] + after[v] + new Vector<int>(2)) >> 2;
        }

        for (int i = 1 - parity; i <= last; i += 2)
        {
            Span<Vector<int>> row = Row(strip, i), before = Row(strip, Before(i)), after = Row(strip, After(i, last));
            for (int v = 0; v < row.Length; v++)
                row[v] += (before[v] + after[v]) >> 1;
        }
    }

    // The signal goes on beyond its ends as in a mirror (T.800 F.3.7).
    private static int Before(int i) => i > 0 ? i - 1 : 1;

    private static int After(int i, int last) => i < last ? i + 1 : last - 1;

    private static Span<Vector<int>> Row(Span<int> strip, int i)
        => MemoryMarshal.Cast<int, Vector<int>>(strip.Slice(i * InverseWavelet.StripWidth, InverseWavelet.StripWidth));
}
