using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Volumes;

/// <summary>The affine map from the voxel indices of one grid to the voxel positions on another.</summary>
internal readonly struct GridMapping
{
    private readonly VoxelPoint _origin;
    private readonly VoxelPoint _stepJ;
    private readonly VoxelPoint _stepK;

    public GridMapping(VolumeGeometry from, VolumeGeometry to)
    {
        _origin = to.ToVoxel(from.ToPatient(default));
        StepI = Step(from, to, new VoxelPoint(1, 0, 0));
        _stepJ = Step(from, to, new VoxelPoint(0, 1, 0));
        _stepK = Step(from, to, new VoxelPoint(0, 0, 1));
    }

    /// <summary>What one voxel further along I adds.</summary>
    public VoxelPoint StepI { get; }

    /// <summary>The position of the first voxel of row <paramref name="j"/> in slice <paramref name="k"/>.</summary>
    public VoxelPoint RowStart(int j, int k) => new(
        _origin.I + _stepJ.I * j + _stepK.I * k,
        _origin.J + _stepJ.J * j + _stepK.J * k,
        _origin.K + _stepJ.K * j + _stepK.K * k);

    private VoxelPoint Step(VolumeGeometry from, VolumeGeometry to, VoxelPoint unit)
    {
        VoxelPoint p = to.ToVoxel(from.ToPatient(unit));
        return new VoxelPoint(Settle(p.I - _origin.I), Settle(p.J - _origin.J), Settle(p.K - _origin.K));
    }

    // Differences of coordinates around 100 mm carry rounding of 1e-14; grids that coincide must map exactly.
    private static double Settle(double step)
    {
        double nearest = Math.Round(step);
        return Math.Abs(step - nearest) < 1e-11 ? nearest : step;
    }
}
