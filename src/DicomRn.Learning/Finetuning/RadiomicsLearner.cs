namespace DicomRn.Learning.Finetuning;

/// <summary>What learns from the chosen radiomic features.</summary>
public enum RadiomicsLearner
{
    /// <summary>Logistic regression with a ridge.</summary>
    LogisticRegression,

    /// <summary>Gradient boosted trees (LightGBM; Ke et al. 2017).</summary>
    LightGbm,
}
