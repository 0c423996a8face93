using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Rendering;

/// <summary>Where a panel's square of the slice lies: the map between its pixels and those of the slice.</summary>
internal sealed class PanelView
{
    private readonly VolumeGeometry _grid;
    private readonly PixelPoint _center;

    public PanelView(VolumeGeometry grid, int slice, OverlayPanel panel, int size)
    {
        (_grid, Slice, Size) = (grid, slice, size);
        double width = grid.Columns * grid.SpacingI, height = grid.Rows * grid.SpacingJ;
        FieldOfView = panel.FieldOfView ?? Math.Max(width, height);
        VoxelPoint center = panel.Center is { } c
            ? grid.ToVoxel(c)
            : new VoxelPoint((grid.Columns - 1) / 2.0, (grid.Rows - 1) / 2.0, slice);
        _center = new PixelPoint(center.I, center.J);
        Millimetre = size / FieldOfView;
    }

    public int Slice { get; }

    public int Size { get; }

    /// <summary>Side, mm.</summary>
    public double FieldOfView { get; }

    /// <summary>Panel pixels in one mm.</summary>
    public double Millimetre { get; }

    /// <summary>Panel position (edge of the first pixel = 0) to slice position.</summary>
    public PixelPoint ToSlice(double x, double y) => new(
        _center.I + (x - Size / 2.0) / Millimetre / _grid.SpacingI,
        _center.J + (y - Size / 2.0) / Millimetre / _grid.SpacingJ);

    /// <summary>Slice position to panel position.</summary>
    public (float X, float Y) FromSlice(PixelPoint p) => (
        (float)(Size / 2.0 + (p.I - _center.I) * _grid.SpacingI * Millimetre),
        (float)(Size / 2.0 + (p.J - _center.J) * _grid.SpacingJ * Millimetre));

    public PatientPoint ToPatient(PixelPoint p) => _grid.ToPatient(new VoxelPoint(p.I, p.J, Slice));

    /// <summary>The four corners of the view, as slice positions.</summary>
    public PixelPoint[] Corners => [ToSlice(0, 0), ToSlice(Size, 0), ToSlice(Size, Size), ToSlice(0, Size)];
}
