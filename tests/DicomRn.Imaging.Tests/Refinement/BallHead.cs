using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Tests.Refinement;

/// <summary>A head of scalp, skull and noisy brain on an oblique grid, to which lesions and vessels are added.</summary>
internal sealed class BallHead
{
    public const double Radius = 75, Normal = 500;

    private readonly Random _random = new(5);

    public BallHead(VolumeGeometry? grid = null)
    {
        Image = new Volume<float>(grid ?? Grid);
        Paint(Radius, (_, r) => r > 70 ? 700 : r > 62 ? 40 : Normal);
    }

    /// <summary>Oblique, 2 × 2 × 2.5 mm.</summary>
    public static VolumeGeometry Grid { get; } = Oblique(2, 2.5);

    public Volume<float> Image { get; }

    /// <summary>An oblique grid around the head.</summary>
    public static VolumeGeometry Oblique(double inPlane, double slice)
    {
        PatientVector i = new(Math.Cos(0.3), Math.Sin(0.3), 0), j = new(-Math.Sin(0.3) * Math.Cos(0.2), Math.Cos(0.3) * Math.Cos(0.2), Math.Sin(0.2));
        VolumeGeometry grid = VolumeGeometry.Axial((int)(170 / inPlane), (int)(170 / inPlane), (int)(170 / slice), 1, PatientPoint.Origin) with
        {
            DirectionI = i,
            DirectionJ = j,
            DirectionK = i.Cross(j),
            SpacingI = inPlane,
            SpacingJ = inPlane,
            SpacingK = slice,
        };
        return grid with { Origin = grid.Origin + (PatientPoint.Origin - grid.Center) };
    }

    /// <summary>A ball of one brightness, around a point.</summary>
    public BallHead WithBall(PatientPoint centre, double radius, double value)
    {
        for (int n = 0; n < Image.Voxels.Length; n++)
        {
            if (At(n).DistanceTo(centre) <= radius)
                Image.Voxels[n] = Noisy(value);
        }

        return this;
    }

    /// <summary>A straight vessel.</summary>
    public BallHead WithVessel(PatientPoint from, PatientPoint to, double radius)
    {
        PatientVector along = (to - from).Normalized();
        for (int n = 0; n < Image.Voxels.Length; n++)
        {
            PatientVector d = At(n) - from;
            double t = d.Dot(along);
            if (t >= 0 && t <= (to - from).Length && (d - along * t).Length <= radius)
                Image.Voxels[n] = Noisy(1000);
        }

        return this;
    }

    /// <summary>The mask of a ball.</summary>
    public Volume<byte> Ball(PatientPoint centre, double radius) =>
        new(Image.Geometry, [.. Enumerable.Range(0, Image.Voxels.Length).Select(n => At(n).DistanceTo(centre) <= radius ? (byte)1 : (byte)0)]);

    public static double Dice(Volume<byte> a, Volume<byte> b)
    {
        long both = a.Voxels.Zip(b.Voxels, (x, y) => (long)(x & y)).Sum();
        return 2.0 * both / (a.Voxels.Sum(v => v) + b.Voxels.Sum(v => v));
    }

    private void Paint(double radius, Func<PatientPoint, double, double> value)
    {
        for (int n = 0; n < Image.Voxels.Length; n++)
        {
            PatientPoint p = At(n);
            double r = p.DistanceTo(PatientPoint.Origin);
            Image.Voxels[n] = r <= radius ? Noisy(value(p, r)) : (float)(_random.NextDouble() * 10);
        }
    }

    private float Noisy(double value) => (float)(value + (_random.NextDouble() - 0.5) * 60);

    private PatientPoint At(int n)
    {
        VolumeGeometry g = Image.Geometry;
        return g.ToPatient(new VoxelPoint(n % g.Columns, n / g.Columns % g.Rows, n / (g.Columns * g.Rows)));
    }
}
