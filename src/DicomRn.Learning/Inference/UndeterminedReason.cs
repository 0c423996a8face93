namespace DicomRn.Learning.Inference;

/// <summary>Why a lesion's class is not decided.</summary>
public enum UndeterminedReason
{
    /// <summary>It is decided.</summary>
    None,

    /// <summary>The model cannot tell the classes apart at the stated error rate.</summary>
    TooUncertain,

    /// <summary>The lesion is unlike those that the model was trained on.</summary>
    OutOfDistribution,

    /// <summary>A clinical variable is missing that no training case lacked.</summary>
    ClinicalDataMissing,

    /// <summary>The image holds nothing whose intensities can be measured as a brain's.</summary>
    NoBrain,

    /// <summary>The lesion is too small to be seen on the model's grid.</summary>
    LesionTooSmall,

    /// <summary>The lesion does not fit into the model's crop.</summary>
    LesionTooLarge,
}
