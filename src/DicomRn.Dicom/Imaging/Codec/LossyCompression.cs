using System.Globalization;

namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>The attributes that say that an image lost information for good (PS3.3 C.7.6.1.1.5).</summary>
internal static class LossyCompression
{
    /// <summary>States the loss where the data set did not state it itself.</summary>
    /// <param name="dataset">The decoded data set.</param>
    /// <param name="syntax">The transfer syntax the pixels were in.</param>
    /// <param name="ratio">Native size by compressed size.</param>
    public static void Mark(DicomDataset dataset, DicomTransferSyntax syntax, double ratio)
    {
        if (dataset.GetSingleValueOrDefault(DicomTag.LossyImageCompression, "") == "01")
            return;
        dataset.AddOrUpdate(DicomTag.LossyImageCompression, "01");
        dataset.AddOrUpdate(DicomTag.LossyImageCompressionMethod, syntax.LossyCompressionMethod);
        dataset.AddOrUpdate(DicomTag.LossyImageCompressionRatio, ratio.ToString("0.000", CultureInfo.InvariantCulture));
    }
}
