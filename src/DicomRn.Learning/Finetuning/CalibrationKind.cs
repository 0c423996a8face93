namespace DicomRn.Learning.Finetuning;

/// <summary>How logits become probabilities; fitted on out-of-fold logits.</summary>
public enum CalibrationKind
{
    /// <summary>One factor (Guo et al. 2017), for the share of progression among the development cases.</summary>
    Temperature,

    /// <summary>Factor and offset (Platt 1999).</summary>
    Platt,
}
