namespace DicomRn.Learning.Finetuning;

/// <summary>What is trained to tell radiation necrosis from progression.</summary>
public enum ClassifierKind
{
    /// <summary>The Vision Transformer, pre-trained or from scratch, alone or with clinical variables.</summary>
    Vit,

    /// <summary>A small 3D convolutional network on the same input: a control.</summary>
    Cnn,

    /// <summary>Logistic regression on the logarithm of the lesion's volume: a control.</summary>
    Volume,

    /// <summary>Logistic regression on the clinical variables: a control.</summary>
    Clinical,

    /// <summary>Radiomic features of the lesion, chosen inside the folds: the baseline.</summary>
    Radiomics,
}
