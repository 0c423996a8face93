namespace DicomRn.Learning.Finetuning;

/// <summary>How radiomic features are chosen, after the filter of correlated ones; always by the training cases alone.</summary>
public enum FeatureSelection
{
    /// <summary>Those with a coefficient in a LASSO, its penalty by an inner cross-validation (Tibshirani 1996).</summary>
    Lasso,

    /// <summary>Relevant and least redundant ones, one after the other (Peng et al. 2005).</summary>
    Mrmr,
}
