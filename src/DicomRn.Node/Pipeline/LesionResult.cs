using DicomRn.Imaging.Anatomy;
using DicomRn.Learning.Inference;

namespace DicomRn.Node.Pipeline;

/// <summary>One lesion and what is known of it.</summary>
public sealed record LesionResult
{
    /// <summary>Tracking ID (0062,0020): short, for people, unique in the study, for instance <c>Lesion 1</c>.</summary>
    public required string TrackingId { get; init; }

    /// <summary>Tracking UID (0062,0021), derived from the contour's source.</summary>
    public required string TrackingUid { get; init; }

    /// <summary>The name the contour has in its source: ROI Name or Segment Label.</summary>
    public required string Label { get; init; }

    /// <summary>Volume of the mask by summed voxels, mm³.</summary>
    public required double VolumeMm3 { get; init; }

    /// <summary>Longest distance in the slice of largest area, mm.</summary>
    public required double LongAxisMm { get; init; }

    /// <summary>Longest extent at right angles to the long axis in the same slice, mm.</summary>
    public required double ShortAxisMm { get; init; }

    /// <summary>Side of the head on which it lies; null where it crosses or nears the midline, or the sides cannot be told.</summary>
    public Laterality? Laterality { get; init; }

    /// <summary>What the lesion was taken for.</summary>
    public required LesionClass Class { get; init; }

    /// <summary>Probability of radiation necrosis, 0 to 1; null where the model does not apply.</summary>
    public double? Probability { get; init; }

    /// <summary>The clinical variables that the model asks for and what it was told; empty where the image alone decides.</summary>
    public IReadOnlyList<ClinicalValue> Clinical { get; init; } = [];

    /// <summary>The same lesion in earlier reports of this program, the earliest first.</summary>
    public IReadOnlyList<LesionTimePoint> History { get; init; } = [];

    /// <summary>What refinement made of its planning mask; null without refinement.</summary>
    public LesionRefinement? Refinement { get; init; }

    /// <summary>Why the lesion is undetermined or not classified; null otherwise.</summary>
    public string? Remark { get; init; }
}
