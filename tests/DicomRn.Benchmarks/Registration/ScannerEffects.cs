using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Benchmarks.Registration;

/// <summary>What surrounds a head in a planning image, and what was done to it.</summary>
internal static class ScannerEffects
{
    /// <summary>Multiplies by a smooth bias field of ±25 % that belongs to the coil, not to the head.</summary>
    public static void Shade(Volume<float> image, int seed)
    {
        double phase = seed % 100 * 0.13;
        ForEach(image, (p, v) => (float)(v * (1 + 0.25 * Math.Sin(p.X / 55 + phase) * Math.Cos(p.Y / 70 - phase) * Math.Cos(p.Z / 60 + 2 * phase))));
    }

    /// <summary>Four metal posts from outside to the skin, and a couch below the head.</summary>
    public static void AddFrameAndCouch(Volume<float> image, PatientPoint head) => ForEach(image, (p, v) =>
    {
        PatientVector d = p - head;
        bool couch = d.Y is > 108 and < 114 && Math.Abs(d.X) < 110;
        double along = (Math.Abs(d.X) + Math.Abs(d.Y)) / Math.Sqrt(2), across = (Math.Abs(d.X) - Math.Abs(d.Y)) / Math.Sqrt(2);
        bool post = along > 92 && along < 130 && across * across + (d.Z + 10) * (d.Z + 10) < 20;
        return post ? 3000 : couch ? Math.Max(v, 150) : v;
    });

    /// <summary>Sets the face to nothing and adds bright vertical rods beside the head.</summary>
    public static void DefaceAndAddRods(Volume<float> image, RigidTransform toImage, PatientPoint head)
    {
        RigidTransform toHead = toImage.Inverse;
        PatientPoint moved = toImage.Apply(head);
        float bright = image.Voxels.Max() * 0.8f;
        ForEach(image, (p, v) =>
        {
            PatientVector h = toHead.Apply(p) - head, d = p - moved;
            bool face = h.Y < -35 && h.Z < -0.6 * h.Y - 65 + 20;
            bool rod = Math.Abs(d.Z) < 70 && Math.Pow(Math.Abs(d.X) - 95, 2) + Math.Pow(Math.Abs(d.Y) - 50, 2) < 16;
            return rod ? bright : face ? 0 : v;
        });
    }

    private static void ForEach(Volume<float> image, Func<PatientPoint, float, float> change)
    {
        VolumeGeometry grid = image.Geometry;
        Parallel.For(0, grid.Slices, k =>
        {
            Span<float> slice = image.Slice(k);
            for (int n = 0; n < slice.Length; n++)
                slice[n] = change(grid.ToPatient(new VoxelPoint(n % grid.Columns, n / grid.Columns, k)), slice[n]);
        });
    }
}
