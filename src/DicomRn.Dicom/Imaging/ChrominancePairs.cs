namespace DicomRn.Dicom.Imaging;

/// <summary>Native YBR 4:2:2: luminance of two pixels, then their common chrominance (PS3.3 C.7.6.3.1.2).</summary>
internal static class ChrominancePairs
{
    private const int PairBytes = 4;

    public static bool AreIn(string photometricInterpretation) => photometricInterpretation is "YBR_FULL_422" or "YBR_PARTIAL_422";

    /// <summary>Pairs in a row; of an odd width the last one counts in full.</summary>
    public static int InRow(int width) => (width + 1) / 2;

    /// <summary>Y Cb Cr of every pixel, as many whole rows as there are.</summary>
    public static byte[] Expand(ReadOnlySpan<byte> pairs, int width)
    {
        int rowBytes = InRow(width) * PairBytes, rows = pairs.Length / rowBytes;
        byte[] pixels = new byte[rows * width * 3];
        int to = 0;
        for (int y = 0; y < rows; y++)
        {
            ReadOnlySpan<byte> row = pairs.Slice(y * rowBytes, rowBytes);
            for (int x = 0; x < width; x++, to += 3)
            {
                ReadOnlySpan<byte> pair = row.Slice(x / 2 * PairBytes, PairBytes);
                pixels[to] = pair[x & 1];
                pixels[to + 1] = pair[2];
                pixels[to + 2] = pair[3];
            }
        }

        return pixels;
    }
}
