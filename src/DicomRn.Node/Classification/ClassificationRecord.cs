using DicomRn.Learning.Inference;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Classification;

/// <summary>What the model said, <c>classification.json</c>.</summary>
internal sealed record ClassificationRecord
{
    /// <summary>Name of the record in the work folder.</summary>
    public const string FileName = "classification.json";

    /// <summary>Digest of the record before, the model and the settings that it was made for.</summary>
    public required string Key { get; init; }

    /// <summary>The model.</summary>
    public required ModelIdentity Model { get; init; }

    /// <summary>How a probability became a class, one sentence.</summary>
    public required string Rule { get; init; }

    /// <summary>One entry per lesion, in the order of the matching record.</summary>
    public required IReadOnlyList<ClassifiedLesion> Lesions { get; init; }
}

/// <summary>The answer for one lesion.</summary>
internal sealed record ClassifiedLesion
{
    /// <summary>Tracking UID.</summary>
    public required string TrackingUid { get; init; }

    /// <summary>The class.</summary>
    public required LesionClass Class { get; init; }

    /// <summary>Probability of radiation necrosis, 0 to 1; null where the model does not apply.</summary>
    public double? Probability { get; init; }

    /// <summary>Why the lesion is undetermined or not classified.</summary>
    public string? Remark { get; init; }

    /// <summary>The clinical variables that the model asks for and what it was told; null where it asks for none.</summary>
    public IReadOnlyList<ClinicalValue>? Clinical { get; init; }

    /// <summary>Name of the attention volume in the work folder (NIfTI, float32, frame of reference of the series).</summary>
    public string? AttentionFile { get; init; }

    /// <summary>Name of the volume of attention rolled out over all layers.</summary>
    public string? RolloutFile { get; init; }
}
