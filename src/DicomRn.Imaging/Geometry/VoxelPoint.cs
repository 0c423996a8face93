namespace DicomRn.Imaging.Geometry;

/// <summary>
/// A continuous position on a voxel grid, in voxels: whole numbers are voxel centres; I runs along the columns
/// of a row (fastest in memory), J along the rows of a slice, K along the slices.
/// </summary>
public readonly record struct VoxelPoint(double I, double J, double K);
