using DicomRn.Imaging.Refinement;

namespace DicomRn.Node.Matching;

/// <summary>What refinement made of the planning mask of a lesion.</summary>
internal sealed record MatchedRefinement
{
    /// <summary>What became of it.</summary>
    public required RefinementOutcome Outcome { get; init; }

    /// <summary>Why, in words that go on after a colon.</summary>
    public required string Why { get; init; }

    /// <summary>Name of the planning mask in the work folder (NIfTI, uint8, grid of the series); null where the model saw it.</summary>
    public string? PlanningMaskFile { get; init; }

    /// <summary>SHA-256 of its voxels, hexadecimal; null where the model saw it.</summary>
    public string? PlanningMaskDigest { get; init; }

    /// <summary>Its volume, mm³.</summary>
    public required double PlanningVolumeMm3 { get; init; }
}
