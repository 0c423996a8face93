using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Tests.Anatomy;

/// <summary>A head as a formula, on any grid: skin, skull, brain with a bright ball on the patient's left.</summary>
internal static class LopsidedHead
{
    public static readonly PatientPoint LesionOnTheLeft = new(32, -12, 8);

    public const double LesionRadius = 9;

    /// <summary>A grid that holds the head, in any orientation.</summary>
    /// <param name="i">Direction of rows.</param>
    /// <param name="j">Direction of columns.</param>
    public static VolumeGeometry Grid(PatientVector i, PatientVector j)
    {
        VolumeGeometry grid = new()
        {
            Columns = 96,
            Rows = 100,
            Slices = 60,
            Origin = PatientPoint.Origin,
            DirectionI = i,
            DirectionJ = j,
            DirectionK = i.Cross(j),
            SpacingI = 2.25,
            SpacingJ = 2.1,
            SpacingK = 3.5,
        };
        return grid with { Origin = grid.Origin + (PatientPoint.Origin - grid.Center) };
    }

    /// <summary>The image.</summary>
    /// <param name="grid">LPS.</param>
    /// <param name="center">Of the head.</param>
    /// <param name="yaw">How far it is turned about z, degrees.</param>
    public static Volume<float> On(VolumeGeometry grid, PatientPoint center = default, double yaw = 0)
    {
        (double sin, double cos) = Math.SinCos(yaw * Math.PI / 180);
        Volume<float> image = new(grid);
        Parallel.For(0, grid.Slices, k =>
        {
            for (int n = 0; n < grid.Columns * grid.Rows; n++)
            {
                PatientVector d = grid.ToPatient(new VoxelPoint(n % grid.Columns, n / grid.Columns, k)) - center;
                PatientVector h = new(cos * d.X + sin * d.Y, cos * d.Y - sin * d.X, d.Z);
                image.Slice(k)[n] = (float)Value(h);
            }
        });
        return image;
    }

    private static double Value(PatientVector h)
    {
        double shell = Math.Sqrt(h.X * h.X / (70 * 70) + h.Y * h.Y / (88 * 88) + h.Z * h.Z / (78 * 78));
        if ((h - (LesionOnTheLeft - PatientPoint.Origin)).Length < LesionRadius)
            return 900;
        return shell switch
        {
            > 1 => 5,
            > 0.93 => 700,
            > 0.84 => 60,
            _ => 350 + 60 * Math.Cos(h.Y / 12) + 40 * Math.Cos(h.Z / 9) + 30 * Math.Cos(h.X / 10),
        };
    }
}
