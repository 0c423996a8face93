using DicomRn.Imaging.Volumes;

namespace DicomRn.Node.Classification;

/// <summary>What a model says of one lesion.</summary>
internal sealed record LesionPrediction
{
    /// <summary>Probability of radiation necrosis, 0 to 1; null where the model does not apply.</summary>
    public double? Probability { get; init; }

    /// <summary>Where the model looked: 0 to 1 on the grid of the image; null where the model does not apply.</summary>
    public Volume<float>? Attention { get; init; }

    /// <summary>Why the model does not apply, one sentence; null where it does.</summary>
    public string? NotApplicable { get; init; }
}
