using System.ComponentModel.DataAnnotations;

namespace DicomRn.Node.Tracking;

/// <summary>How lesions are recognised over time: the section <c>Matching:Tracking</c>.</summary>
public sealed record TrackingSettings
{
    /// <summary>Whether earlier results of this program are used for that. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>A lesion is an earlier one if they share this part of the smaller of both, once both are in one frame of reference. Default 0.2.</summary>
    [Range(0.01, 1)]
    public double MinimumOverlap { get; init; } = 0.2;

    /// <summary>
    /// Whether, where no registration leads to an earlier report's frame of reference, its images are registered to the T1CE series here, with the
    /// limits of <c>Matching:Registration</c>, if they were fetched. Default true.
    /// </summary>
    public bool RegisterHere { get; init; } = true;

    /// <summary>
    /// Whether, where there is no way between the frames of reference, a lesion is an earlier one if both contours have the same
    /// name, which none else of either study has. Default true.
    /// </summary>
    public bool ByName { get; init; } = true;
}
