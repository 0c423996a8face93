using System.Globalization;

namespace DicomRn.Imaging.Series;

/// <summary>
/// How an image lost information to compression, at any time (PS3.3 C.7.6.1.1.5); what is derived from it has to say so too. The values
/// are texts as the data set has them, one for each time, in this order.
/// </summary>
/// <param name="Ratios">Lossy Image Compression Ratio (0028,2112).</param>
/// <param name="Methods">Lossy Image Compression Method (0028,2114).</param>
public sealed record LossyCompression(IReadOnlyList<string> Ratios, IReadOnlyList<string> Methods)
{
    /// <summary>
    /// What an image says of itself, and what its transfer syntax says where it does not: a syntax that may lose is taken for one that did.
    /// </summary>
    /// <returns>Null where nothing was lost.</returns>
    public static LossyCompression? Of(DicomDataset image)
    {
        if (image.Text(DicomTag.LossyImageCompression) == "01")
            return new LossyCompression(Values(image, DicomTag.LossyImageCompressionRatio), Values(image, DicomTag.LossyImageCompressionMethod));
        DicomTransferSyntax syntax = image.InternalTransferSyntax;
        if (!syntax.IsLossy || image.GetDicomItem<DicomFragmentSequence>(DicomTag.PixelData) is not { } fragments)
            return null;
        double native = (double)(image.Integer(DicomTag.Rows) ?? 0) * (image.Integer(DicomTag.Columns) ?? 0)
            * (image.Integer(DicomTag.SamplesPerPixel) ?? 1) * (image.Integer(DicomTag.BitsAllocated) ?? 0) / 8
            * (image.Integer(DicomTag.NumberOfFrames) ?? 1);
        long compressed = Math.Max(1, fragments.Fragments.Sum(f => f.Size));
        return new LossyCompression(
            [(native / compressed).ToString("0.###", CultureInfo.InvariantCulture)], [syntax.LossyCompressionMethod]);
    }

    /// <summary>The first of several images that lost something.</summary>
    /// <returns>Null where none did.</returns>
    public static LossyCompression? OfAny(IEnumerable<DicomDataset> images) => images.Select(Of).FirstOrDefault(l => l is not null);

    /// <summary>Writes into an object derived from images whether they lost something, and how.</summary>
    /// <param name="lossy">How; null where they did not.</param>
    /// <param name="target">The object.</param>
    public static void Write(LossyCompression? lossy, DicomDataset target)
    {
        target.AddOrUpdate(DicomTag.LossyImageCompression, lossy is null ? "00" : "01");
        if (lossy is null)
            return;
        target.NotValidated();
        if (lossy.Ratios.Count > 0)
            target.AddOrUpdate(DicomTag.LossyImageCompressionRatio, [.. lossy.Ratios]);
        if (lossy.Methods.Count > 0)
            target.AddOrUpdate(DicomTag.LossyImageCompressionMethod, [.. lossy.Methods]);
        target.Validated();
    }

    private static string[] Values(DicomDataset image, DicomTag tag) =>
        image.TryGetValues(tag, out string[]? values) ? [.. values!.Where(v => v.Length > 0)] : [];
}
