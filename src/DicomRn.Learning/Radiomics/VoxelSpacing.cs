namespace DicomRn.Learning.Radiomics;

/// <summary>Distances of voxel centres along the axes of a grid, mm. 0 keeps the distance that an axis has.</summary>
public readonly record struct VoxelSpacing(double I, double J, double K)
{
    /// <summary>The same along every axis.</summary>
    public static VoxelSpacing Isotropic(double spacing) => new(spacing, spacing, spacing);
}
