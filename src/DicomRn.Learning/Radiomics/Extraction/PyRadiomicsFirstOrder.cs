using DicomRn.Learning.Radiomics.Intensity;
using DicomRn.Learning.Radiomics.Preparation;

namespace DicomRn.Learning.Radiomics.Extraction;

/// <summary>PyRadiomics' first order features; entropy and uniformity are those of the discretised intensities.</summary>
internal static class PyRadiomicsFirstOrder
{
    public static IEnumerable<(string Name, double Value)> Of(double[] values, GreyLevels levels, double shift, double voxelVolume)
    {
        IntensityStatistics s = new(values);
        IntensityHistogram histogram = new(levels.Levels, levels.Count);
        double energy = values.Sum(v => (v + shift) * (v + shift));
        return
        [
            ("10Percentile", s.Percentile10), ("90Percentile", s.Percentile90), ("Energy", energy), ("Entropy", histogram.Entropy),
            ("InterquartileRange", s.InterquartileRange), ("Kurtosis", s.Kurtosis), ("Maximum", s.Maximum),
            ("MeanAbsoluteDeviation", s.MeanAbsoluteDeviation), ("Mean", s.Mean), ("Median", s.Median), ("Minimum", s.Minimum),
            ("Range", s.Range), ("RobustMeanAbsoluteDeviation", s.RobustMeanAbsoluteDeviation),
            ("RootMeanSquared", Math.Sqrt(energy / values.Length)), ("Skewness", s.Skewness), ("TotalEnergy", energy * voxelVolume),
            ("Uniformity", histogram.Uniformity), ("Variance", s.Variance),
        ];
    }
}
