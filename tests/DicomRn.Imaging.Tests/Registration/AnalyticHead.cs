using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Tests.Registration;

/// <summary>A head as a formula, to be imaged in any position: skin, skull, CSF, a brain of blobs without symmetry.</summary>
internal sealed class AnalyticHead
{
    private readonly (PatientVector At, double Radius, double Value)[] _blobs;

    public AnalyticHead(int seed)
    {
        Random random = new(seed);
        _blobs = new (PatientVector, double, double)[90];
        for (int n = 0; n < _blobs.Length; n++)
        {
            PatientVector at = new((random.NextDouble() - 0.5) * 110, (random.NextDouble() - 0.5) * 140, (random.NextDouble() - 0.5) * 110);
            _blobs[n] = (at, 6 + random.NextDouble() * 8, random.NextDouble() < 0.4 ? -0.5 : 0.3);
        }
    }

    /// <summary>The image on an axial grid around the origin, of the head carried there by <paramref name="pose"/>.</summary>
    /// <param name="pose">From the head's own place to that in the image.</param>
    /// <param name="ct">Whether bone is bright and the brain nearly even.</param>
    /// <param name="height">Extent of the image along z, mm.</param>
    /// <param name="seed">Of the noise.</param>
    public Volume<float> Image(RigidTransform pose, bool ct = false, double height = 200, int seed = 5)
    {
        const double Spacing = 2;
        VolumeGeometry grid = VolumeGeometry.Axial(112, 124, (int)(height / Spacing), Spacing, PatientPoint.Origin);
        grid = grid with { Origin = grid.Origin + (PatientPoint.Origin - grid.Center) };
        RigidTransform back = pose.Inverse;
        Volume<float> image = new(grid);
        Parallel.For(0, grid.Slices, k =>
        {
            Random random = new(seed * 1000 + k);
            for (int n = 0; n < grid.Columns * grid.Rows; n++)
            {
                PatientVector h = back.Apply(grid.ToPatient(new VoxelPoint(n % grid.Columns, n / grid.Columns, k))) - PatientPoint.Origin;
                double noise = random.NextDouble() + random.NextDouble() - 1;
                image.Slice(k)[n] = (float)(ct ? Ct(h) + 20 * noise : 500 * Mr(h) + 25 * noise);
            }
        });
        return image;
    }

    // 1 at the skin, less inside.
    private static double Shell(PatientVector h) =>
        Math.Sqrt(h.X * h.X / (70 * 70) + (h.Y - 0.1 * h.Z) * (h.Y - 0.1 * h.Z) / (88 * 88) + h.Z * h.Z / (76 * 76));

    private double Mr(PatientVector h) => Shell(h) switch
    {
        > 1 => 0,
        > 0.93 => 1.5,
        > 0.86 => 0.15,
        > 0.82 => 0.3,
        _ => Math.Clamp(1 + Blobs(h), 0.3, 1.6),
    };

    private double Ct(PatientVector h) => Shell(h) switch
    {
        > 1 => -1000,
        > 0.93 => -60,
        > 0.86 => 900,
        > 0.82 => 5,
        _ => 35 - 20 * Blobs(h),
    };

    private double Blobs(PatientVector h)
    {
        double sum = 0;
        foreach ((PatientVector at, double radius, double value) in _blobs)
        {
            double d = (h - at).Length / radius;
            if (d < 3)
                sum += value * Math.Exp(-d * d);
        }

        return sum;
    }
}
