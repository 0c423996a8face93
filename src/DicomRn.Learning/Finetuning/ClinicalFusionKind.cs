namespace DicomRn.Learning.Finetuning;

/// <summary>How clinical variables and image meet.</summary>
public enum ClinicalFusionKind
{
    /// <summary>The image alone.</summary>
    None,

    /// <summary>A token per group of variables attends to the image's tokens.</summary>
    CrossAttention,

    /// <summary>The variables stand beside the pooled image: the ablation.</summary>
    Concatenation,
}
