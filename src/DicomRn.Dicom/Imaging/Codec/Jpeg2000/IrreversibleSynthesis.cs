using System.Numerics;
using System.Runtime.InteropServices;

namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>The irreversible 9/7 filter (T.800 F.3.8.1, Table F.4).</summary>
internal readonly struct IrreversibleSynthesis : IWaveletSynthesis<float>
{
    private const float Alpha = -1.586134342059924f;
    private const float Beta = -0.052980118572961f;
    private const float Gamma = 0.882911075530934f;
    private const float Delta = 0.443506852043971f;
    private const float K = 1.230174104914001f;

    public static void Synthesise(Span<float> line, int parity)
    {
        int last = line.Length - 1;
        if (last == 0)
        {
            if (parity == 1)
                line[0] *= 0.5f;
            return;
        }

        for (int i = parity; i <= last; i += 2)
            line[i] *= K;
        for (int i = 1 - parity; i <= last; i += 2)
            line[i] *= 1 / K;
        Lift(line, parity, Delta);
        Lift(line, 1 - parity, Gamma);
        Lift(line, parity, Beta);
        Lift(line, 1 - parity, Alpha);
    }

    public static void SynthesiseStrip(Span<float> strip, int parity)
    {
        int last = strip.Length / InverseWavelet.StripWidth - 1;
        if (last == 0)
        {
            for (int i = 0; parity == 1 && i < strip.Length; i++)
                strip[i] *= 0.5f;
            return;
        }

        for (int i = 0; i <= last; i++)
        {
            float scale = (i & 1) == parity ? K : 1 / K;
            Span<Vector<float>> row = Row(strip, i);
            for (int v = 0; v < row.Length; v++)
                row[v] *= scale;
        }

        LiftRows(strip, parity, Delta);
        LiftRows(strip, 1 - parity, Gamma);
        LiftRows(strip, parity, Beta);
        LiftRows(strip, 1 - parity, Alpha);
    }

    private static void Lift(Span<float> line, int first, float factor)
    {
        int last = line.Length - 1;
        for (int i = first; i <= last; i += 2)
            line[i] -= factor * (line[Before(i)] + line[After(i, last)]);
    }

    private static void LiftRows(Span<float> strip, int first, float factor)
    {
        int last = strip.Length / InverseWavelet.StripWidth - 1;
        for (int i = first; i <= last; i += 2)
        {
            Span<Vector<float>> row = Row(strip, i), before = Row(strip, Before(i)), after = Row(strip, After(i, last));
            for (int v = 0; v < row.Length; v++)
                row[v] -= (before[v] + after[v]) * factor;
        }
    }

    // The signal goes on beyond its ends as in a mirror (T.800 F.3.7).
    private static int Before(int i) => i > 0 ? i - 1 : 1;

    private static int After(int i, int last) => i < last ? i + 1 : last - 1;

    private static Span<Vector<float>> Row(Span<float> strip, int i)
        => MemoryMarshal.Cast<float, Vector<float>>(strip.Slice(i * InverseWavelet.StripWidth, InverseWavelet.StripWidth));
}
