using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Refinement;

/// <summary>What became of a planning mask. The names are stable: records hold them.</summary>
public enum RefinementOutcome
{
    /// <summary>The lesion has changed: the mask is that of the enhancing lesion now.</summary>
    Refined,

    /// <summary>The contour now and the planning contour agree within the tolerance: the planning mask stays.</summary>
    Unchanged,

    /// <summary>The lesion does not enhance clearly against normal tissue nearby: the planning mask stays.</summary>
    NotEnhancing,

    /// <summary>What enhances and the edges in the image do not agree on the size of the lesion: the planning mask stays.</summary>
    Doubtful,

    /// <summary>There is no normal tissue nearby to compare with: the planning mask stays.</summary>
    NoNormalTissue,
}

/// <summary>A planning mask after refinement.</summary>
public sealed record RefinedMask
{
    /// <summary>The refined mask, or the planning mask itself where it stays.</summary>
    public required Volume<byte> Mask { get; init; }

    /// <summary>What became of it.</summary>
    public required RefinementOutcome Outcome { get; init; }

    /// <summary>Why, with the figures, in words that go on after a colon.</summary>
    public required string Why { get; init; }

    /// <summary>Mean distance between the contour of what enhances now and the planning contour, mm; null where nothing was found.</summary>
    public double? MeanDistanceMm { get; init; }
}
