using DicomRn.Learning.Radiomics.Texture;

namespace DicomRn.Learning.Radiomics.Extraction;

/// <summary>PyRadiomics' names of texture features, in the order in which the matrices give their values; null where it has none.</summary>
internal static class PyRadiomicsNames
{
    private static readonly Dictionary<string, string> CoOccurrenceByTag = new()
    {
        ["auto_corr"] = "Autocorrelation",
        ["joint_avg"] = "JointAverage",
        ["clust_prom"] = "ClusterProminence",
        ["clust_shade"] = "ClusterShade",
        ["clust_tend"] = "ClusterTendency",
        ["contrast"] = "Contrast",
        ["corr"] = "Correlation",
        ["diff_avg"] = "DifferenceAverage",
        ["diff_entr"] = "DifferenceEntropy",
        ["diff_var"] = "DifferenceVariance",
        ["inv_diff"] = "Id",
        ["inv_diff_mom"] = "Idm",
        ["inv_diff_mom_norm"] = "Idmn",
        ["inv_diff_norm"] = "Idn",
        ["info_corr1"] = "Imc1",
        ["info_corr2"] = "Imc2",
        ["inv_var"] = "InverseVariance",
        ["energy"] = "JointEnergy",
        ["joint_entr"] = "JointEntropy",
        ["joint_max"] = "MaximumProbability",
        ["sum_avg"] = "SumAverage",
        ["sum_entr"] = "SumEntropy",
        ["joint_var"] = "SumSquares",
    };

    /// <summary>The co-occurrence features, and last the maximal correlation coefficient.</summary>
    public static readonly string?[] CoOccurrence = [.. CoOccurrenceFeatures.Tags.Select(CoOccurrenceByTag.GetValueOrDefault), "MCC"];

    public static readonly string?[] RunLength =
    [
        "ShortRunEmphasis", "LongRunEmphasis", "LowGrayLevelRunEmphasis", "HighGrayLevelRunEmphasis", "ShortRunLowGrayLevelEmphasis",
        "ShortRunHighGrayLevelEmphasis", "LongRunLowGrayLevelEmphasis", "LongRunHighGrayLevelEmphasis", "GrayLevelNonUniformity",
        "GrayLevelNonUniformityNormalized", "RunLengthNonUniformity", "RunLengthNonUniformityNormalized", "RunPercentage",
        "GrayLevelVariance", "RunVariance", "RunEntropy", null,
    ];

    public static readonly string?[] SizeZone =
    [
        "SmallAreaEmphasis", "LargeAreaEmphasis", "LowGrayLevelZoneEmphasis", "HighGrayLevelZoneEmphasis", "SmallAreaLowGrayLevelEmphasis",
        "SmallAreaHighGrayLevelEmphasis", "LargeAreaLowGrayLevelEmphasis", "LargeAreaHighGrayLevelEmphasis", "GrayLevelNonUniformity",
        "GrayLevelNonUniformityNormalized", "SizeZoneNonUniformity", "SizeZoneNonUniformityNormalized", "ZonePercentage",
        "GrayLevelVariance", "ZoneVariance", "ZoneEntropy", null,
    ];

    public static readonly string?[] Dependence =
    [
        "SmallDependenceEmphasis", "LargeDependenceEmphasis", "LowGrayLevelEmphasis", "HighGrayLevelEmphasis",
        "SmallDependenceLowGrayLevelEmphasis", "SmallDependenceHighGrayLevelEmphasis", "LargeDependenceLowGrayLevelEmphasis",
        "LargeDependenceHighGrayLevelEmphasis", "GrayLevelNonUniformity", null, "DependenceNonUniformity",
        "DependenceNonUniformityNormalized", null, "GrayLevelVariance", "DependenceVariance", "DependenceEntropy", null,
    ];

    public static readonly string?[] ToneDifference = ["Coarseness", "Contrast", "Busyness", "Complexity", "Strength"];
}
