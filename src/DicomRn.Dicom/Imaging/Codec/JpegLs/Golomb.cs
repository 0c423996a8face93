namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>The Golomb code parameter (ITU-T T.87 A.5.1).</summary>
internal static class Golomb
{
    /// <summary>Above it, the code of a 16-bit error would only grow longer; no valid codestream gets there.</summary>
    private const int LargestParameter = 16;

    /// <summary>The smallest k for which count · 2^k reaches the sum of magnitudes.</summary>
    public static int Parameter(int count, uint magnitude)
    {
        int k = 0;
        for (uint sum = (uint)count; sum < magnitude && k < LargestParameter; sum <<= 1)
            k++;
        return k;
    }
}
