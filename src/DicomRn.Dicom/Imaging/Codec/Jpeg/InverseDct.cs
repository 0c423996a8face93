using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DicomRn.Dicom.Imaging.Codec.Jpeg;

/// <summary>The inverse discrete cosine transform of 8×8 coefficients (T.81 A.3.3), rows and columns one after the other.</summary>
internal static class InverseDct
{
    private static readonly float C1 = Half(1), C2 = Half(2), C3 = Half(3), C4 = Half(4), C5 = Half(5), C6 = Half(6), C7 = Half(7);

    /// <param name="transposed">64 dequantized coefficients: horizontal frequency by rows, vertical by columns.</param>
    /// <param name="samples">64 samples, row by row, without level shift.</param>
    public static void Transform(Span<float> transposed, Span<float> samples)
    {
        Span<Vector256<float>> rows = MemoryMarshal.Cast<float, Vector256<float>>(transposed);
        Pass(rows);
        for (int y = 0; y < 8; y++)
        {
            for (int x = 0; x < 8; x++)
                samples[(8 * y) + x] = transposed[(8 * x) + y];
        }

        // Now rows are vertical frequencies, and lanes are columns.
        Pass(MemoryMarshal.Cast<float, Vector256<float>>(samples));
    }

    /// <summary>Eight transforms of length 8 at once, one in each lane, of which the n-th vector holds the n-th value.</summary>
    private static void Pass(Span<Vector256<float>> v)
    {
        Vector256<float> sum = (v[0] + v[4]) * C4, difference = (v[0] - v[4]) * C4;
        Vector256<float> p = (v[2] * C2) + (v[6] * C6), q = (v[2] * C6) - (v[6] * C2);
        Vector256<float> e0 = sum + p, e1 = difference + q, e2 = difference - q, e3 = sum - p;
        Vector256<float> o0 = (v[1] * C1) + (v[3] * C3) + (v[5] * C5) + (v[7] * C7);
        Vector256<float> o1 = (v[1] * C3) - (v[3] * C7) - (v[5] * C1) - (v[7] * C5);
        Vector256<float> o2 = (v[1] * C5) - (v[3] * C1) + (v[5] * C7) + (v[7] * C3);
        Vector256<float> o3 = (v[1] * C7) - (v[3] * C5) + (v[5] * C3) - (v[7] * C1);
        v[0] = e0 + o0;
        v[1] = e1 + o1;
        v[2] = e2 + o2;
        v[3] = e3 + o3;
        v[4] = e3 - o3;
        v[5] = e2 - o2;
        v[6] = e1 - o1;
        v[7] = e0 - o0;
    }

    // C(0) = 1/√2 is the cosine of 4π/16, which the first coefficient so shares with the fifth.
    private static float Half(int k) => (float)(0.5 * Math.Cos(k * Math.PI / 16));
}
