using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Radiomics.Filters;

/// <summary>
/// One level of the stationary wavelet transform with the coiflet of 6 taps (coif1), borders periodic: the values and the alignment of PyWavelets'
/// <c>swtn</c>. Axes of odd length are lengthened by their first voxel and cut again, as PyRadiomics does.
/// </summary>
internal static class CoifletTransform
{
    private static readonly double[] Low =
    [
        -0.01565572813546454, -0.0727326195128539, 0.38486484686420286, 0.8525720202122554, 0.3378976624578092, -0.0727326195128539,
    ];

    // The quadrature mirror of the low-pass filter.
    private static readonly double[] High = [.. Low.Reverse().Select((c, n) => n % 2 == 0 ? -c : c)];

    /// <summary>The eight parts, named by the filter along I, J and K.</summary>
    public static IEnumerable<(string Name, Volume<float> Part)> Apply(Volume<float> image)
    {
        Dictionary<string, Volume<float>> parts = new() { [""] = image };
        for (int axis = 0; axis < 3; axis++)
        {
            Dictionary<string, Volume<float>> split = [];
            foreach ((string letters, Volume<float> part) in parts)
            {
                split[letters + "L"] = Filter(part, axis, Low);
                split[letters + "H"] = Filter(part, axis, High);
            }

            parts = split;
        }

        return parts.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => ($"wavelet-{p.Key}", p.Value));
    }

    private static Volume<float> Filter(Volume<float> source, int axis, double[] taps) =>
        AxisLines.Filter(source, axis, (input, output) =>
        {
            int length = input.Length, period = length + length % 2;
            for (int n = 0; n < length; n++)
            {
                double sum = 0;
                for (int m = 0; m < taps.Length; m++)
                {
                    int at = n + taps.Length / 2 - m;
                    at = ((at % period) + period) % period;
                    sum += taps[m] * input[at < length ? at : 0];
                }

                output[n] = (float)sum;
            }
        });
}
