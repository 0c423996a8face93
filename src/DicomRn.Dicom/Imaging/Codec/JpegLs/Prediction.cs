namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>The edge-detecting predictor (ITU-T T.87 A.4.1): the median of left, above, and left + above − above left.</summary>
internal static class Prediction
{
    public static int Median(int left, int above, int aboveLeft) =>
        Math.Clamp(left + above - aboveLeft, Math.Min(left, above), Math.Max(left, above));
}
