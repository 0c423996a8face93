using DicomRn.Imaging.Geometry;

namespace DicomRn.Learning.Phantoms;

/// <summary>
/// Which voxels of a grid a trilinear resampling to another grid looks at, row by row, in a box around them along the axes of the other grid. The
/// grids may be turned to each other, and then much of the one that covers the other lies outside of it.
/// </summary>
internal readonly struct SeenRows
{
    // Positions are computed through millimetres.
    private const double Rounding = 1e-6;

    private readonly int _columns;
    private readonly double[]? _first;
    private readonly double[] _alongI;
    private readonly double[] _alongJ;
    private readonly double[] _alongK;
    private readonly int[] _counts;

    /// <param name="grid">The grid that is looked at.</param>
    /// <param name="seen">The grid that is resampled to.</param>
    public SeenRows(VolumeGeometry grid, VolumeGeometry seen)
    {
        _columns = grid.Columns;
        double[] first = Place(0, 0, 0);
        (_first, _alongI, _alongJ, _alongK) = (first, Step(Place(1, 0, 0)), Step(Place(0, 1, 0)), Step(Place(0, 0, 1)));
        _counts = [seen.Columns, seen.Rows, seen.Slices];

        double[] Place(int i, int j, int k)
        {
            VoxelPoint p = seen.ToVoxel(grid.ToPatient(new VoxelPoint(i, j, k)));
            return [p.I, p.J, p.K];
        }

        double[] Step(double[] next) => [next[0] - first[0], next[1] - first[1], next[2] - first[2]];
    }

    private SeenRows(int columns) => (_columns, _first, _alongI, _alongJ, _alongK, _counts) = (columns, null, [], [], [], []);

    /// <summary>All voxels of a grid.</summary>
    public static SeenRows All(VolumeGeometry grid) => new(grid.Columns);

    /// <summary>The columns of a row, from the first to before the end; none where they are the same.</summary>
    /// <param name="j">The row.</param>
    /// <param name="k">Its slice.</param>
    /// <param name="reach">Voxels around those that are looked at, which are wanted, too.</param>
    public (int First, int End) Of(int j, int k, int reach)
    {
        if (_first is null)
            return (0, _columns);
        double low = 0, high = _columns - 1;
        for (int axis = 0; axis < 3; axis++)
        {
            // Trilinear interpolation looks at voxels less than one away from a position, along each axis of the grid.
            double step = _alongI[axis], start = _first[axis] + (_alongJ[axis] * j) + (_alongK[axis] * k);
            double around = ((reach + 1) * (Math.Abs(step) + Math.Abs(_alongJ[axis]) + Math.Abs(_alongK[axis]))) + Rounding;
            double from = -around - start, to = _counts[axis] - 1 + around - start;
            if (Math.Abs(step) < Rounding)
            {
                if (from > Rounding * _columns || to < -Rounding * _columns)
                    return (0, 0);
                continue;
            }

            low = Math.Max(low, Math.Min(from / step, to / step));
            high = Math.Min(high, Math.Max(from / step, to / step));
        }

        int first = (int)Math.Ceiling(low), end = (int)Math.Floor(high) + 1;
        return first < end ? (first, end) : (0, 0);
    }
}
