using System.Globalization;
using DicomRn.Learning.Statistics;

namespace DicomRn.Learning.Explanation;

/// <summary>A mean over lesions of different patients, with the 95 % interval of a bootstrap.</summary>
/// <param name="Mean">The mean; null without a lesion.</param>
/// <param name="Low">Lower end; null with fewer than two lesions.</param>
/// <param name="High">Upper end.</param>
/// <param name="Lesions">Lesions for which there is a value.</param>
public sealed record MeanOverLesions(double? Mean, double? Low, double? High, int Lesions)
{
    /// <summary>The mean of the values that are there.</summary>
    internal static MeanOverLesions Of(IEnumerable<double?> values, int seed)
    {
        double[] there = [.. values.OfType<double>()];
        if (there.Length < 2)
            return new MeanOverLesions(there.Length == 0 ? null : there[0], null, null, there.Length);
        ClusteredBootstrap interval = ClusteredBootstrap.Interval(
            [.. Enumerable.Range(0, there.Length).Select(n => n.ToString(CultureInfo.InvariantCulture))],
            drawn => drawn.Average(n => there[n]),
            seed: seed);
        return new MeanOverLesions(there.Average(), interval.Low, interval.High, there.Length);
    }
}
