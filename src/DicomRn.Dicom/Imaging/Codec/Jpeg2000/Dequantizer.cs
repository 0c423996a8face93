using System.Runtime.InteropServices;

namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>
/// Turns what code-blocks are decoded to, twice the quantized coefficient, into coefficients, in place (T.800 Annex E).
/// </summary>
internal static class Dequantizer
{
    /// <summary>Brings coefficients of the region of interest back among the others (Maxshift, T.800 H.1).</summary>
    public static void LowerRegion(Span<int> values, int shift)
    {
        // Coefficients outside of it have no bit as high; the values are twice the coefficients.
        const int bits = 31;
        if (shift + 1 >= bits)
            return;
        int threshold = 1 << (shift + 1);
        foreach (ref int value in values)
        {
            int magnitude = Math.Abs(value);
            if (magnitude >= threshold)
                value = value < 0 ? -(magnitude >> shift) : magnitude >> shift;
        }
    }

    /// <summary>Coefficients of the reversible path: whole numbers, rounded towards zero (E.1.2).</summary>
    public static void Reversible(Span<int> values)
    {
        foreach (ref int value in values)
            value /= 2;
    }

    /// <summary>Coefficients of the irreversible path (E.1.1): floats in the places of the whole numbers.</summary>
    public static void Irreversible(Span<int> values, float step)
    {
        float half = 0.5f * step;
        Span<float> floats = MemoryMarshal.Cast<int, float>(values);
        for (int i = 0; i < values.Length; i++)
            floats[i] = values[i] * half;
    }
}
