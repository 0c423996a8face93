using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Inference;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Classification;

/// <summary>What a model says of one lesion.</summary>
internal sealed record LesionPrediction
{
    /// <summary>The class by the model's own rule; not classified where the model does not apply.</summary>
    public required LesionClass Class { get; init; }

    /// <summary>Probability of radiation necrosis, 0 to 1; null where the model does not apply.</summary>
    public double? Probability { get; init; }

    /// <summary>Why the lesion is undetermined or not classified, one sentence; null otherwise.</summary>
    public string? Remark { get; init; }

    /// <summary>The clinical variables that the model asks for and what it was told; null where it asks for none.</summary>
    public IReadOnlyList<ClinicalValue>? Clinical { get; init; }

    /// <summary>
    /// Where the model looked, in the frame of reference of the image: 1 as if attention were evenly spread. Null where the model
    /// does not apply.
    /// </summary>
    public Volume<float>? Attention { get; init; }

    /// <summary>Attention rolled out over all layers, same scale.</summary>
    public Volume<float>? Rollout { get; init; }
}
