namespace DicomRn.Learning.Pretraining;

/// <summary>What an encoder learns from sub-volumes without labels.</summary>
public enum PretrainingObjective
{
    /// <summary>
    /// Two corrupted views, restored and recognised: L1 × (1 + NT-Xent), as MONAI's ViTAutoEnc is pre-trained (Chen et al. 2019; Chen et al. 2020).
    /// </summary>
    RestorationContrast,

    /// <summary>Most patches are hidden and predicted from the others (He et al. 2022), with NT-Xent between two such views.</summary>
    MaskedContrast,

    /// <summary>
    /// Features of each patch that the encoder is given, mean and spread of intensity and gradients and spread of bands, are told from its token, with
    /// NT-Xent between two such views. After MaskFeat (Wei et al. 2022), which tells those of hidden patches.
    /// </summary>
    FeatureContrast,

    /// <summary>NT-Xent between two changed views alone: SimCLR (Chen et al. 2020).</summary>
    Contrast,
}
