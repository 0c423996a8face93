using DicomRn.Learning.Radiomics.Intensity;
using DicomRn.Learning.Radiomics.Preparation;

namespace DicomRn.Learning.Radiomics.Extraction;

/// <summary>Local intensity, intensity statistics, intensity histogram and intensity-volume histogram of the IBSI manual, 3.2 to 3.5.</summary>
internal static class IbsiIntensity
{
    public static IEnumerable<RadiomicFeature> Of(AnalysisRegion region, GreyLevels levels, IntensityVolumeHistogram volumes)
    {
        LocalIntensityPeak peak = LocalIntensityPeak.Of(region);
        return
        [
            new("loc_peak_loc", peak.Local), new("loc_peak_glob", peak.Global),
            .. Statistics(region.Values), .. Histogram(levels), .. VolumeHistogram(volumes),
        ];
    }

    private static IEnumerable<RadiomicFeature> Statistics(double[] values)
    {
        IntensityStatistics s = new(values);
        return
        [
            .. Common("stat", s), new("stat_energy", s.Energy), new("stat_rms", s.RootMeanSquare),
        ];
    }

    private static IEnumerable<RadiomicFeature> Histogram(GreyLevels levels)
    {
        IntensityHistogram h = new(levels.Levels, levels.Count);
        return
        [
            .. Common("ih", new IntensityStatistics(Array.ConvertAll(levels.Levels, l => (double)l))),
            new("ih_mode", h.Mode), new("ih_entropy", h.Entropy), new("ih_uniformity", h.Uniformity),
            new("ih_max_grad", h.MaximumGradient), new("ih_max_grad_g", h.MaximumGradientLevel),
            new("ih_min_grad", h.MinimumGradient), new("ih_min_grad_g", h.MinimumGradientLevel),
        ];
    }

    private static IEnumerable<RadiomicFeature> Common(string prefix, IntensityStatistics s) =>
    [
        new($"{prefix}_mean", s.Mean), new($"{prefix}_var", s.Variance), new($"{prefix}_skew", s.Skewness),
        new($"{prefix}_kurt", s.Variance > 0 ? s.Kurtosis - 3 : 0), new($"{prefix}_median", s.Median), new($"{prefix}_min", s.Minimum),
        new($"{prefix}_p10", s.Percentile10), new($"{prefix}_p90", s.Percentile90), new($"{prefix}_max", s.Maximum),
        new($"{prefix}_iqr", s.InterquartileRange), new($"{prefix}_range", s.Range), new($"{prefix}_mad", s.MeanAbsoluteDeviation),
        new($"{prefix}_rmad", s.RobustMeanAbsoluteDeviation), new($"{prefix}_medad", s.MedianAbsoluteDeviation),
        new($"{prefix}_cov", s.CoefficientOfVariation), new($"{prefix}_qcod", s.QuartileCoefficientOfDispersion),
    ];

    private static IEnumerable<RadiomicFeature> VolumeHistogram(IntensityVolumeHistogram h)
    {
        (double v10, double v90) = (h.VolumeAtIntensity(10), h.VolumeAtIntensity(90));
        (double i10, double i90) = (h.IntensityAtVolume(10), h.IntensityAtVolume(90));
        return
        [
            new("ivh_v10", v10), new("ivh_v90", v90), new("ivh_i10", i10), new("ivh_i90", i90),
            new("ivh_diff_v10_v90", v10 - v90), new("ivh_diff_i10_i90", i10 - i90), new("ivh_auc", h.Area),
        ];
    }
}
