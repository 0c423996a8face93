using DicomRn.Imaging.Geometry;
using DicomRn.Learning.Phantoms;

namespace DicomRn.Phantoms;

/// <summary>A grid over the whole head of a phantom with a spacing and a tilt of the user's choice.</summary>
internal static class PhantomGrid
{
    private const double Width = 180, Depth = 220, Height = 186;

    /// <summary>The grid around the head of a seed.</summary>
    /// <param name="seed">The phantom.</param>
    /// <param name="spacing">Distances of voxel centres in mm: along rows, along columns, between slices.</param>
    /// <param name="tilt">Rotations about the left–right and the anterior–posterior axis, degrees.</param>
    public static VolumeGeometry Around(int seed, (double I, double J, double K) spacing, (double Pitch, double Roll) tilt)
    {
        (double sinPitch, double cosPitch) = Math.SinCos(tilt.Pitch * Math.PI / 180);
        (double sinRoll, double cosRoll) = Math.SinCos(tilt.Roll * Math.PI / 180);
        PatientVector i = new(cosRoll, 0, sinRoll);
        PatientVector j = new(-sinRoll * sinPitch, cosPitch, cosRoll * sinPitch);
        PatientVector k = i.Cross(j);
        int columns = Count(Width, spacing.I), rows = Count(Depth, spacing.J), slices = Count(Height, spacing.K);
        return new VolumeGeometry
        {
            Columns = columns,
            Rows = rows,
            Slices = slices,
            Origin = PhantomHead.HeadCentre(seed) + i * Half(columns, spacing.I) + j * Half(rows, spacing.J) + k * Half(slices, spacing.K),
            DirectionI = i,
            DirectionJ = j,
            DirectionK = k,
            SpacingI = spacing.I,
            SpacingJ = spacing.J,
            SpacingK = spacing.K,
        };
    }

    private static int Count(double extent, double spacing) => (int)Math.Ceiling(extent / spacing);

    private static double Half(int count, double spacing) => -(count - 1) / 2.0 * spacing;
}
