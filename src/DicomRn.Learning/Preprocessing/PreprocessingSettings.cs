namespace DicomRn.Learning.Preprocessing;

/// <summary>How images become the input of a model; part of a model pack, the same in training and in use.</summary>
public sealed record PreprocessingSettings
{
    /// <summary>Isotropic spacing of the crop, mm.</summary>
    public double SpacingMm { get; init; } = 1;

    /// <summary>Voxels along each edge of the cubic crop around the lesion's centroid.</summary>
    public int CropVoxels { get; init; } = 48;

    /// <summary>Spacing of the coarse grid on which the brain's intensities are measured, mm.</summary>
    public double NormalizationGridMm { get; init; } = 6;

    /// <summary>What is left out below the head's surface when the brain's intensities are measured, mm.</summary>
    public double ScalpMm { get; init; } = 18;

    /// <summary>Normalised intensities are clipped to plus or minus this.</summary>
    public double ClipAt { get; init; } = 8;
}
