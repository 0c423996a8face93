using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Inference;

/// <summary>What a model says of one lesion.</summary>
public sealed record LesionClassification
{
    /// <summary>The class, if it is decided.</summary>
    public required LesionDecision Decision { get; init; }

    /// <summary>Why it is not.</summary>
    public required UndeterminedReason Reason { get; init; }

    /// <summary>The reason in a sentence; empty when decided.</summary>
    public required string ReasonText { get; init; }

    /// <summary>Calibrated probability of progression; null where nothing could be computed.</summary>
    public double? ProgressionProbability { get; init; }

    /// <summary>One less the probability of progression.</summary>
    public double? RadiationNecrosisProbability => 1 - ProgressionProbability;

    /// <summary>
    /// The clinical variables that the model asks for and what it was told; empty where the image alone decides, or nothing could be computed.
    /// </summary>
    public IReadOnlyList<ClinicalValue> Clinical { get; init; } = [];

    /// <summary>Distance to the training cases in the model's embedding space.</summary>
    public double? Distance { get; init; }

    /// <summary>The distance up to which a lesion counts as like them.</summary>
    public required double LargestDistance { get; init; }

    /// <summary>
    /// Attention of the last layer from what stands for the image, mean over heads, on the crop's grid in patient space; 1 where attention is as
    /// if evenly spread. Null where nothing could be computed.
    /// </summary>
    public Volume<float>? LastLayerAttention { get; init; }

    /// <summary>Attention rolled out over all layers (Abnar and Zuidema 2020), same grid and scale.</summary>
    public Volume<float>? AttentionRollout { get; init; }
}
