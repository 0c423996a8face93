using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Radiomics.Preparation;

/// <summary>Takes intensities out of a mask (IBSI 2.5).</summary>
internal static class Resegmentation
{
    /// <summary>The mask without what the range and the outlier limit exclude; each is judged on the mask as given.</summary>
    public static Volume<byte> Apply(Volume<float> image, Volume<byte> mask, RadiomicsSettings settings)
    {
        if (settings.Range is null && settings.OutlierSigma is null)
            return mask;
        (double mean, double deviation, double highest) = Moments(image, mask);
        (double low, double high) = settings.Range is not { } range ? (double.NegativeInfinity, double.PositiveInfinity) : settings.RangeMode switch
        {
            RangeMode.Relative => (range.Low * highest, range.High * highest),
            RangeMode.Sigma => (mean + range.Low * deviation, mean + range.High * deviation),
            _ => (range.Low, range.High),
        };
        if (settings.OutlierSigma is { } sigma)
            (low, high) = (Math.Max(low, mean - sigma * deviation), Math.Min(high, mean + sigma * deviation));
        byte[] kept = new byte[mask.Voxels.Length];
        for (int n = 0; n < kept.Length; n++)
            kept[n] = mask.Voxels[n] != 0 && image.Voxels[n] >= low && image.Voxels[n] <= high ? (byte)1 : (byte)0;
        return new Volume<byte>(mask.Geometry, kept);
    }

    private static (double Mean, double Deviation, double Highest) Moments(Volume<float> image, Volume<byte> mask)
    {
        double sum = 0, squares = 0, highest = double.NegativeInfinity;
        long count = 0;
        for (int n = 0; n < mask.Voxels.Length; n++)
        {
            if (mask.Voxels[n] == 0)
                continue;
            count++;
            sum += image.Voxels[n];
            highest = Math.Max(highest, image.Voxels[n]);
        }

        double mean = sum / count;
        for (int n = 0; n < mask.Voxels.Length; n++)
        {
            if (mask.Voxels[n] != 0)
                squares += (image.Voxels[n] - mean) * (image.Voxels[n] - mean);
        }

        return (mean, Math.Sqrt(squares / count), highest);
    }
}
