using DicomRn.Learning.Radiomics;

namespace DicomRn.Learning.Finetuning;

/// <summary>The radiomics baseline: features of the lesion in the normalised crop, chosen and learnt from inside the folds.</summary>
public sealed record RadiomicsClassifierSettings
{
    /// <summary>Whose definitions the features follow.</summary>
    public RadiomicsProfile Profile { get; init; } = RadiomicsProfile.Ibsi;

    /// <summary>Width of the bins of normalised intensity.</summary>
    public double BinWidth { get; init; } = 0.5;

    /// <summary>Standard deviations of Laplacian of Gaussian filters, mm (pyradiomics).</summary>
    public IReadOnlyList<double> LogSigmas { get; init; } = [];

    /// <summary>Whether features are taken from wavelet parts too (pyradiomics).</summary>
    public bool Wavelet { get; init; }

    /// <summary>Of two features that are more correlated than this, the one less linked to the label is left out.</summary>
    public double LargestCorrelation { get; init; } = 0.9;

    /// <summary>How features are chosen.</summary>
    public FeatureSelection Selection { get; init; } = FeatureSelection.Lasso;

    /// <summary>The most features chosen.</summary>
    public int MostFeatures { get; init; } = 15;

    /// <summary>What learns from them.</summary>
    public RadiomicsLearner Learner { get; init; } = RadiomicsLearner.LogisticRegression;

    /// <summary>What is wrong with the settings.</summary>
    public IEnumerable<string> Faults()
    {
        if (!(BinWidth > 0) || double.IsInfinity(BinWidth))
            yield return "BinWidth: above 0";
        if (LargestCorrelation is not (> 0 and <= 1))
            yield return "LargestCorrelation: above 0, at most 1";
        if (MostFeatures < 1)
            yield return "MostFeatures: 1 or more";
        if (LogSigmas.Any(s => !(s > 0) || double.IsInfinity(s)))
            yield return "LogSigmas: each above 0";
        if (Profile == RadiomicsProfile.Ibsi && (LogSigmas.Count > 0 || Wavelet))
            yield return "LogSigmas, Wavelet: only with the profile pyRadiomics";
    }

    /// <summary>The extraction's settings.</summary>
    internal RadiomicsSettings Extraction() => new()
    {
        Profile = Profile,
        BinWidth = BinWidth,
        // Bins begin at the same intensity in every lesion.
        Range = Profile == RadiomicsProfile.Ibsi ? new IntensityRange(-100, double.PositiveInfinity) : null,
        Images =
        [
            RadiomicsImage.Original,
            .. LogSigmas.Select(s => new RadiomicsImage.LaplacianOfGaussian(s)),
            .. Wavelet ? new RadiomicsImage[] { new RadiomicsImage.Wavelet() } : [],
        ],
    };
}
