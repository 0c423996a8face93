using System.ComponentModel.DataAnnotations;
using DicomRn.Imaging.Refinement;

namespace DicomRn.Node.Matching;

/// <summary>
/// Section <c>Matching:Refinement</c>: planning contours are not follow-up contours; whether their masks are fitted to the lesions on the
/// follow-up T1CE series before the model sees them. Where the images do not show a change clearly, the planning mask stays.
/// </summary>
public sealed record RefinementSettings
{
    /// <summary>Whether planning masks are refined. Default false: the model sees the contours as they were drawn.</summary>
    public bool Enabled { get; init; }

    /// <summary>
    /// Whether contours that were drawn on the T1CE series itself are refined, too, for planning systems that carry contours over unchanged.
    /// Default false: they are follow-up contours.
    /// </summary>
    public bool AlsoDrawnOnSeries { get; init; }

    /// <summary>A refined mask does not reach further than this beyond the planning contour, mm. Default 10.</summary>
    [Range(0.0, 50)]
    public double MaximumGrowthMm { get; init; } = new RefinementOptions().MaximumGrowthMm;

    /// <summary>Bridges, vessels and sheets thinner than twice this, from voxel centre to voxel centre, are cut off, mm. Default 1.5.</summary>
    [Range(0.0, 10)]
    public double OpeningMm { get; init; } = new RefinementOptions().OpeningMm;

    /// <summary>Contours that are closer than this to the planning contour, on average, count as unchanged, mm. Default 1.</summary>
    [Range(0.0, 10)]
    public double ToleranceMm { get; init; } = new RefinementOptions().ToleranceMm;

    /// <summary>How many robust standard deviations of normal tissue nearby an enhancing part is brighter than that. Default 3.</summary>
    [Range(1.0, 20)]
    public double MinimumContrast { get; init; } = new RefinementOptions().MinimumContrast;

    internal RefinementOptions Options => new()
    {
        MaximumGrowthMm = MaximumGrowthMm,
        OpeningMm = OpeningMm,
        ToleranceMm = ToleranceMm,
        MinimumContrast = MinimumContrast,
    };
}
