namespace DicomRn.Imaging.Refinement;

/// <summary>How planning masks are refined on a later image. All lengths are mm, whatever the grid.</summary>
public sealed record RefinementOptions
{
    /// <summary>A refined mask does not reach further than this beyond the planning contour. Default 10.</summary>
    public double MaximumGrowthMm { get; init; } = 10;

    /// <summary>Bridges, vessels and sheets thinner than twice this, from voxel centre to voxel centre, are cut off. Default 1.5.</summary>
    public double OpeningMm { get; init; } = 1.5;

    /// <summary>Where the contour now and the planning contour lie closer than this to each other on average, the lesion counts as unchanged. Default 1.</summary>
    public double ToleranceMm { get; init; } = 1;

    /// <summary>How many robust standard deviations of normal tissue nearby an enhancing part is brighter than that. Default 3.</summary>
    public double MinimumContrast { get; init; } = 3;
}
